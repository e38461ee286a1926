import type { Report } from '../../schemas/report.js';
import { align, left, right, type Cell } from './align.js';
import { findings } from './findings.js';
import { formatCount, formatEstimate, formatShare } from '../page/client/shared/format_estimate.js';

/** The regimes as a table for the terminal, with what was read above it and the notes below. */
export function table(report: Report): string {
  const { read, used, late, duplicate, rejected } = report.events;
  const turnedAway = Object.entries(rejected);
  const head = [
    report.title,
    `samples: ${report.samples.map(({ path, events }) => `${path} (${formatCount(events)} events)`).join(', ')}`,
    `events: ${formatCount(read)} read = ${formatCount(used)} used` +
      ` + ${formatCount(turnedAway.reduce((sum, [, n]) => sum + n, 0))} rejected` +
      ` + ${formatCount(late)} late + ${formatCount(duplicate)} duplicate`,
    ...turnedAway.map(([reason, n]) => `  rejected ${formatCount(n)}: ${reason}`),
  ];
  const { seconds, eventsPerSecond } = report.timing;
  return [
    ...head,
    '',
    ...align(report.response ? responseRows(report) : peakRows(report)),
    '',
    ...findings(report).flatMap((line, i, all) => (i < all.length - 1 ? [line] : [line, ''])),
    ...report.notes.map((note) => `note: ${note}`),
    `state ${report.stateHash.slice(0, 16)}, ${seconds.toFixed(2)} s, ${formatCount(Math.round(eventsPerSecond))} events/s`,
  ].join('\n');
}

function regimeCells(report: Report, id: number | 'all'): Cell[] {
  const regime = report.regimes?.map.find((one) => one.id === id);
  const { low = null, high = null } = regime?.shareInterval ?? {};
  const name = id === 'all' ? 'all regimes' : (regime?.label ?? '');
  return [left(String(id)), left(name), right(regime ? formatShare(regime.share, low, high) : '')];
}

function responseRows(report: Report): Cell[][] {
  const header = ['regime', '', 'share', 'n', 'bias', 'median', 'σ68'];
  const rows = (report.response ?? []).filter(({ split, stage }) => split === 'all' && stage === 'raw');
  return [
    header.map((name, c) => (c < 2 ? left(name) : right(name))),
    ...rows.map((row) => [
      ...regimeCells(report, row.regime),
      right(formatCount(row.n)),
      ...[row.bias, row.median, row.sigma68].map(({ value, error }) => right(formatEstimate(value, error))),
    ]),
  ];
}

function peakRows(report: Report): Cell[][] {
  const axis = report.distributions.spectrum?.axis;
  const unit = axis?.unit ? ` [${axis.unit}]` : '';
  const ids = [...(report.regimes?.map.map(({ id }) => id) ?? []), 'all' as const];
  return [
    [left('regime'), left(''), right('share'), right('n'), right(`peak of ${axis?.title ?? 'the spectrum'}${unit}`)],
    ...ids.map((id) => {
      const peak = report.peak?.find(({ regime, series }) => regime === id && series === 'reco');
      const n = report.regimes?.map.find((one) => one.id === id)?.n ?? report.events.used;
      const position = formatEstimate(peak?.position.value ?? null, peak?.position.error ?? null);
      return [...regimeCells(report, id), right(formatCount(n)), right(position)];
    }),
  ];
}
