import type { Estimate, Report } from '../../schemas/report.js';
import { average, share, type Row } from './row.js';

/** 95 % of a Gaussian. */
const Z = 1.959964;
const QUANTITIES = ['bias', 'median', 'sigma68'] as const;
type Quantity = (typeof QUANTITIES)[number];

/** An estimate with its stated error, and the number of events behind it. */
interface Stated extends Estimate {
  readonly n: number;
}

/** Estimates of a report by quantity, then by place: 'all', 'all (test)', 'H_T 0 to 20', ... */
export type Intervals = Readonly<Record<Quantity, Readonly<Record<string, Stated>>>>;

export function intervalsOf({ response = [], byContext = [] }: Report): Intervals {
  const whole = response.filter(
    ({ regime, split, stage }) => regime === 'all' && stage === 'raw' && (split === 'all' || split === 'test'),
  );
  const rows = [
    ...whole.map((row) => ({ place: row.split === 'all' ? 'all' : `all (${row.split})`, ...row })),
    ...byContext.map((row) => ({ place: `${row.variable} ${row.low ?? '−∞'} to ${row.high ?? '∞'}`, ...row })),
  ];
  const of = (quantity: Quantity) => Object.fromEntries(rows.map((row) => [row.place, { n: row.n, ...row[quantity] }]));
  return { bias: of('bias'), median: of('median'), sigma68: of('sigma68') };
}

/**
 * How often value ± 1.96 errors covers the truth, by quantity and place and over all places (there the error is that of
 * the mean over samples of a sample's own share), and the r.m.s. of (value − truth) / error, which is 1 for right errors.
 * Samples in which a place has no error have no part in its row.
 */
export function intervalRows(samples: readonly Intervals[], truth: Intervals): Row[] {
  return QUANTITIES.flatMap((quantity) => {
    const distances = samples.map((sample) => distancesOf(sample[quantity], truth[quantity]));
    const places = Object.keys(truth[quantity]).map((place) => {
      const t = distances.flatMap((sample) => sample[place] ?? []);
      return share('coverage', `${quantity}: ${place}`, t.filter((x) => Math.abs(x) <= Z).length, t.length, 0.95);
    });
    const all = distances.map((sample) => Object.values(sample)).filter((t) => t.length > 0);
    const covered = all.map((t) => t.filter((x) => Math.abs(x) <= Z).length / t.length);
    const squares = all.map((t) => t.reduce((sum, x) => sum + x * x, 0) / t.length);
    return [
      average('coverage', `${quantity}: all places`, covered, 0.95),
      average('coverage', `${quantity}: mean square of (value − truth) / error`, squares, 1),
      ...places,
    ];
  });
}

/** (value − truth) / error by place, the truth's own error in quadrature. */
function distancesOf(
  sample: Readonly<Record<string, Stated>>,
  truth: Readonly<Record<string, Stated>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(truth).flatMap(([place, right]) => {
      const { value, error } = sample[place] ?? { value: null, error: null };
      if (value === null || error === null || right.value === null) return [];
      const uncertainty = Math.sqrt(error * error + (right.error ?? 0) ** 2);
      return uncertainty > 0 ? [[place, (value - right.value) / uncertainty]] : [];
    }),
  );
}
