import type { ProbeReport } from '../../schemas/probe_report.js';
import { escapeText } from '../report/escape.js';
import { formatPlain, formatShare } from '../page/client/shared/format_estimate.js';

export type Fooling = ProbeReport['fooling'][number];
export type Hidden = ProbeReport['hidden'][number];
export type AttackEntry = ProbeReport['attacks'][number];
export type Share = Fooling['fooled'];
export type RegimeId = Fooling['regime'];

/** 'projected_gradient' → 'projected gradient'. */
export const plain = (name: string): string => name.replaceAll('_', ' ');

/** A share in per cent with its interval, '0 +0.03 %' for none of n; '—' if there was no event to ask. */
export const shareWords = ({ k, value, low, high }: Share): string =>
  value !== null && k === 0 ? `0 +${formatPlain(100 * high, 2)} %` : formatShare(value, low, high);

/** The same with its counts behind it. */
export const shareHtml = (share: Share | null): string =>
  share === null
    ? '<span title="no classifier was trained at this size">—</span>'
    : `<span title="${share.k} of ${share.n}">${escapeText(shareWords(share))}</span>`;

/** Regimes in the order of a report: 'all' first. */
export const regimesOf = (report: ProbeReport): RegimeId[] => ['all', ...report.regimes.map(({ id }) => id)];

/** 'all', or '2: high H_T'. */
export function regimeWords(report: ProbeReport, id: RegimeId): string {
  if (id === 'all') return 'all';
  const label = report.regimes.find((one) => one.id === id)?.label;
  return label ? `${id}: ${label}` : String(id);
}

/** 'one random direction', 'the best of 4 random directions'. */
export const triesWords = ({ randomTries }: ProbeReport): string =>
  randomTries === 1 ? 'one random direction' : `the best of ${randomTries} random directions`;
