import type { CorrectionReport, Estimate } from '../../schemas/report.js';
import { formatEstimate, formatPlain } from '../page/client/shared/format_estimate.js';
import type { LegendEntry } from './legend.js';

type Bound = CorrectionReport['bound']['bias'][number];

export interface NamedBound extends Bound {
  /** Of what: the mean of δ, or the mean of its core. */
  readonly of: string;
}

/** The bounds of a correction, of the mean of δ and, where that is what is corrected, of the mean of its core. */
export const namedBounds = ({ bound, target }: CorrectionReport): NamedBound[] => [
  ...bound.bias.map((one) => ({ of: 'mean δ', ...one })),
  ...(target === 'core' ? bound.target.map((one) => ({ of: 'core of δ', ...one })) : []),
];

/** A root of what is within its error of 0 has no error of its own. */
export const rmsWords = ({ value, error }: Estimate): string =>
  value !== null && error === null ? `${formatPlain(value, 2)}, below its error` : formatEstimate(value, error);

/** Share taken away, in per cent: '86.8 ± 1.4 %'. */
export const shareWords = ({ share: { value, error } }: Bound): string =>
  value === null ? '—' : `${formatEstimate(100 * value, error === null ? null : 100 * error)} %`;

export const boundColumns = [
  { at: 0, width: 10 },
  { at: 12, width: 226 },
];

/** The bounds of what is drawn: over regimes, or over bins of the context, from the onset of a variable on if there is one. */
export function boundsOf(correction: CorrectionReport, title: string | null): NamedBound[] {
  const all = namedBounds(correction);
  const chosen = all.filter(({ over }) => title !== null && over.includes(`, ${title} `));
  if (chosen.length > 0) return chosen;
  return all.filter(({ over }) => over === (title === null ? 'regimes' : 'bins of the context'));
}

/** What could be taken away and what was, as a legend in `boundColumns`. */
export function boundEntries(bounds: readonly NamedBound[]): LegendEntry[] {
  const over = bounds[0]?.over.split(', ') ?? [];
  const lines = [
    ...over.map((words, i) => [i === 0 ? `r.m.s. over ${words}` : words]),
    ...bounds.flatMap((bound) => [
      ['', `${bound.of}: ${rmsWords(bound.removableRms)}`],
      ['', `→ ${rmsWords(bound.leftRms)}`],
      ['', `taken away ${shareWords(bound)}`],
    ]),
  ];
  return lines.map((cells) => ({ mark: 'none', colour: '', cells }));
}
