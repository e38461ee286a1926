import { wrongSample } from '../problem.js';

/**
 * Sums of z_j and z_j z_k over events, exact, and the correlation matrix that follows from them, beside the nominal one.
 * A term is rounded once, to 2^-52, and kept as a multiple of 2^-20 and a rest; both are added without error, and so
 * are the squares of the matrix's changes. So everything is a function of the values alone, whatever moves led to them,
 * and the move of one value costs one row: O(d).
 */
export interface CorrelationSums {
  readonly n: number;
  readonly d: number;
  /** z of event i, feature j at i d + j. */
  readonly z: Float64Array;
  /** Σ z_j z_k at j d + k, multiples and rests; Σ z_j at d d + j. */
  readonly coarse: Float64Array;
  readonly fine: Float64Array;
  /** Σ z_j z_k at j d + k: multiple and rest together. */
  readonly product: Float64Array;
  /** By feature: Σ z_j, and 1/√(n variance) or 0 where there is none. */
  readonly sum: Float64Array;
  readonly perWidth: Float64Array;
  readonly nominal: Float64Array;
  /** (r_jk − nominal r_jk)²: multiples of 2^-42 and rests; their sums over k by j, and over j < k. */
  readonly change: Float64Array;
  readonly changeRest: Float64Array;
  readonly row: Float64Array;
  readonly rowRest: Float64Array;
  readonly total: Float64Array;
  /** Sum of the squares of the nominal matrix. */
  readonly norm: number;
}

/** x + N − N is x rounded to the unit 2^-52 N / 1.5. */
const TERM = 1.5 * 2 ** 32;
const TERM_REST = 1.5;
const CHANGE = 1.5 * 2 ** 10;
const CHANGE_REST = 1.5 * 2 ** -31;

/** What keeps the sums exact, with |z| ≤ 2^15. */
const MOST = { square: 2 ** 32, events: 2 ** 22, features: 90 };
/** A variance below this part of the nominal one counts as none. */
const LEAST_VARIANCE = 2 ** -40;

/** Of z (event i, feature j at i d + j), which it keeps and changes. */
export function newCorrelationSums(z: Float64Array, d: number): CorrelationSums {
  const n = z.length / d;
  if (n > MOST.events || d > MOST.features) {
    throw wrongSample(
      `correlation: ${n} events with ${d} features, at most ${MOST.events} with ${MOST.features}; probe a smaller sample`,
    );
  }
  const zeros = (length: number): Float64Array => new Float64Array(length);
  const state: CorrelationSums = {
    ...{ n, d, z, coarse: zeros(d * d + d), fine: zeros(d * d + d), product: zeros(d * d) },
    ...{ sum: zeros(d), perWidth: zeros(d), nominal: zeros(d * d), norm: d },
    ...{ change: zeros(d * d), changeRest: zeros(d * d), row: zeros(d), rowRest: zeros(d), total: zeros(2) },
  };
  for (let j = 0; j < d; j++) {
    for (let first = 0; first < z.length; first += d) {
      for (let k = 0; k < d; k++) addTerm(state, j * d + k, z[first + j]! * z[first + k]!, 1);
      addTerm(state, d * d + j, z[first + j]!, 1);
    }
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < d; k++) state.product[j * d + k] = state.coarse[j * d + k]! + state.fine[j * d + k]!;
    settle(state, j);
  }
  let norm = d;
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < d; k++) {
      if (k !== j) norm += (state.nominal[j * d + k] = correlationOf(state, j, k)) ** 2;
    }
  }
  return { ...state, norm };
}

/** Replaces z of features[c] of an event by z[c], c < count (none twice). Throws where sums would not be exact. */
export function moveCorrelation(
  state: CorrelationSums,
  event: number,
  features: ArrayLike<number>,
  z: ArrayLike<number>,
  count: number,
): void {
  const { d, product, coarse, fine } = state;
  const first = event * d;
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    const before = state.z[first + j]!;
    const after = z[c]!;
    state.z[first + j] = after;
    addTerm(state, d * d + j, before, -1);
    addTerm(state, d * d + j, after, 1);
    for (let k = 0; k < d; k++) {
      const at = j * d + k;
      const other = state.z[first + k]!;
      addTerm(state, at, before * (k === j ? before : other), -1);
      addTerm(state, at, after * other, 1);
      const mirror = k * d + j;
      coarse[mirror] = coarse[at]!;
      fine[mirror] = fine[at]!;
      product[at] = product[mirror] = coarse[at]! + fine[at]!;
    }
    settle(state, j);
  }
  for (let c = 0; c < count; c++) {
    const j = features[c]!;
    for (let k = 0; k < d; k++) if (k !== j) setChange(state, j, k);
  }
}

/** The relative change of the correlation matrix, ‖r − nominal‖ / ‖nominal‖ (Frobenius). */
export const correlationChange = ({ total, norm }: CorrelationSums): number =>
  Math.sqrt((2 * (total[0]! + total[1]!)) / norm);

export function perWidthOf(n: number, sum: number, square: number): number {
  const variance = square - (sum * sum) / n;
  return variance > LEAST_VARIANCE * n ? 1 / Math.sqrt(variance) : 0;
}

function addTerm({ coarse, fine }: CorrelationSums, at: number, term: number, sign: number): void {
  const rounded = term + TERM - TERM;
  coarse[at]! += sign * rounded;
  fine[at]! += sign * (term - rounded + TERM_REST - TERM_REST);
}

function settle({ n, d, coarse, fine, product, sum, perWidth }: CorrelationSums, j: number): void {
  if (!(product[j * d + j]! < MOST.square)) {
    throw wrongSample(`correlation: values of feature ${j} are too many widths from the nominal ones for exact sums`);
  }
  sum[j] = coarse[d * d + j]! + fine[d * d + j]!;
  perWidth[j] = perWidthOf(n, sum[j], product[j * d + j]!);
}

/** The same bits for (j, k) and (k, j). */
const correlationOf = ({ n, d, product, sum, perWidth }: CorrelationSums, j: number, k: number): number =>
  (product[j * d + k]! - (sum[j]! * sum[k]!) / n) * (perWidth[j]! * perWidth[k]!);

function setChange(state: CorrelationSums, j: number, k: number): void {
  const { d, change, changeRest, row, rowRest, total } = state;
  const at = j * d + k;
  const square = (correlationOf(state, j, k) - state.nominal[at]!) ** 2;
  const rounded = square + CHANGE - CHANGE;
  const rest = square - rounded + CHANGE_REST - CHANGE_REST;
  const more = rounded - change[at]!;
  const moreRest = rest - changeRest[at]!;
  change[at] = change[k * d + j] = rounded;
  changeRest[at] = changeRest[k * d + j] = rest;
  row[j]! += more;
  row[k]! += more;
  rowRest[j]! += moreRest;
  rowRest[k]! += moreRest;
  total[0]! += more;
  total[1]! += moreRest;
}
