import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { variance } from '../summaries/variance.js';
import type { JoinedCells } from './join_cells.js';
import type { RegimeCells } from './regime_cells.js';

/** What the best function of the bin could remove, beside what a correction removed. */
export interface CorrectionBound {
  readonly bins: number;
  readonly events: number;
  /** Mean squared bias before, which is what the best constant in every bin would take away, and its root. */
  readonly removable: Estimate;
  readonly removableRms: Estimate;
  /** Mean squared bias that is left, its root, and what was taken away. */
  readonly left: Estimate;
  readonly leftRms: Estimate;
  readonly reached: Estimate;
  /** reached / removable. */
  readonly share: Estimate;
}

/** Below this many errors a removable bias is too little to say which share of it was reached. */
const LEAST_SIGMA = 2;

/**
 * Bound of a correction (c by cell) on the events of a group, over bins of the context: regimes, for the best any
 * function of the regime could do, or joined cells, for the best function of the context at that resolution.
 *
 * With p_j the share of the events, b_j the mean of δ and v_j = s_j² / n_j its squared error in bin j, and b'_j, v'_j
 * those of δ' = (δ − c) / (1 + c):
 *   removable = Σ p_j (b_j² − v_j)      left = Σ p_j (b'_j² − v'_j)      reached = removable − left
 * The means of the same events would take away Σ p_j b_j², noise included: E[b̂²] = b² + v. Errors, for normal b̂ at
 * given p: Var Σ p (b̂² − v) = Σ p² (4 b² v + 2 v²). Before and after move together (δ' is δ less a constant in a bin):
 *   Var reached = Σ p² 4 (b − b')² v      Var share = Σ p² (4 (g b − b')² v + 2 f² v²) / removable², g = 1 − f = left / removable
 * with squares of noisy numbers lessened by their own variance. Bins with fewer than 2 events take no part. Without
 * events unknown; a share where removable is within 2 errors of 0 is unknown.
 */
export function correctionBound(
  cells: RegimeCells,
  group: number,
  correction: Float64Array,
  { bin, bins }: JoinedCells,
): CorrectionBound {
  const rows = binMeans(cells, group, correction, bin, bins);
  const events = rows.reduce((sum, { n }) => sum + n, 0);
  if (events === 0) {
    const no = unknown('no bin with 2 events');
    const nothing = { removable: no, removableRms: no, left: no, leftRms: no, reached: no, share: no };
    return { bins: 0, events, ...nothing };
  }
  const sum = (term: (row: BinMeans) => number): number => rows.reduce((total, row) => total + term(row), 0);
  const p = ({ n }: BinMeans): number => n / events;
  const ofSquares = (b: 'b' | 'after', v: 'v' | 'vAfter'): Estimate =>
    estimate(
      sum((row) => p(row) * (row[b] * row[b] - row[v])),
      Math.sqrt(
        sum((row) => p(row) * p(row) * (4 * Math.max(0, row[b] * row[b] - row[v]) * row[v] + 2 * row[v] * row[v])),
      ),
    );
  const removable = ofSquares('b', 'v');
  const left = ofSquares('after', 'vAfter');
  const before = removable.value ?? 0;
  const reached = estimate(
    before - (left.value ?? 0),
    Math.sqrt(sum((row) => p(row) * p(row) * 4 * (row.b - row.after) * (row.b - row.after) * row.v)),
  );
  const f = (reached.value ?? 0) / before;
  const share = (): Estimate => {
    const squared = sum((row) => {
      const e = (1 - f) * row.b - row.after;
      const clean = Math.max(0, e * e - f * f * row.v);
      return p(row) * p(row) * (4 * clean * row.v + 2 * f * f * row.v * row.v);
    });
    return estimate(f, Math.sqrt(squared) / before);
  };
  return {
    bins: rows.length,
    events,
    removable,
    removableRms: root(removable),
    left,
    leftRms: root(left),
    reached,
    share:
      before > LEAST_SIGMA * (removable.error ?? 0)
        ? share()
        : unknown(`removable bias is within ${LEAST_SIGMA} errors of 0`),
  };
}

/** √x with the error of x / (2 √x), which is not known where x is within its error of 0; 0 for negative x. */
function root({ value, error }: Estimate): Estimate {
  const rms = Math.sqrt(Math.max(0, value ?? 0));
  return estimate(rms, error !== null && value !== null && value > error ? error / (2 * rms) : NaN);
}

interface BinMeans {
  readonly n: number;
  readonly b: number;
  readonly v: number;
  readonly after: number;
  readonly vAfter: number;
}

function binMeans(
  { cells, groups, n, sum, sumOfSquares }: RegimeCells,
  group: number,
  correction: Float64Array,
  bin: Int32Array,
  bins: number,
): BinMeans[] {
  const totals = new Float64Array(5 * bins);
  for (let cell = 0; cell < cells; cell++) {
    const at = 5 * bin[cell]!;
    const slot = cell * groups + group;
    if (at < 0 || n[slot] === 0) continue;
    const c = correction[cell]!;
    totals[at]! += n[slot]!;
    totals[at + 1]! += sum[slot]!;
    totals[at + 2]! += sumOfSquares[slot]!;
    totals[at + 3]! += (sum[slot]! - n[slot]! * c) / (1 + c);
    totals[at + 4]! += (sumOfSquares[slot]! - 2 * c * sum[slot]! + n[slot]! * c * c) / ((1 + c) * (1 + c));
  }
  const rows: BinMeans[] = [];
  for (let at = 0; at < totals.length; at += 5) {
    const events = totals[at]!;
    if (events < 2) continue;
    const [b, after] = [totals[at + 1]! / events, totals[at + 3]! / events];
    const error = (squares: number, mean: number): number =>
      Math.max(0, variance(squares / events, mean)) / (events - 1);
    rows.push({ n: events, b, v: error(totals[at + 2]!, b), after, vAfter: error(totals[at + 4]!, after) });
  }
  return rows;
}
