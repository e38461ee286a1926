import { estimate, unknown, type Estimate } from '../response/estimate.js';

/**
 * Area under the ROC curve: the probability that a positive scores higher than a negative, ties counted half (Mann and
 * Whitney's U / mn). Error by E. R. DeLong, D. M. DeLong & D. L. Clarke-Pearson, Biometrics 44 (1988) 837, with the
 * midranks of X. Sun & W. Xu, IEEE Signal Process. Lett. 21 (2014) 1389: v_i, the share of negatives below positive i,
 * and w_j, the share of positives above negative j; error² = var(v) / m + var(w) / n.
 *
 * `paired`: positive i and negative i are the same event, so v_i and w_i go together: error² = var(v + w) / n
 * (N. A. Obuchowski, Biometrics 53 (1997) 567, clusters of one and one).
 *
 * Where that is 0 (told apart completely, or the two the same), as it cannot be known from so few, the error is
 * 1 / (k + 1), k the smaller number: the way to the far end of the Wilson interval of a share of 0. ±∞ are scores.
 * Unknown without events of both classes, and with NaN among the scores; one event of a class: no error.
 */
export function auc(positive: Float64Array, negative: Float64Array, paired = false): Estimate {
  const [m, n] = [positive.length, negative.length];
  if (m === 0 || n === 0) return unknown('no events of one of the classes');
  if (paired && m !== n) throw new RangeError('auc: paired events are equally many');
  const all = new Float64Array(m + n);
  all.set(positive);
  all.set(negative, m);
  if (all.some(Number.isNaN)) return unknown('NaN among the scores');
  const together = midranks(all);
  const above = midranks(positive);
  const below = midranks(negative);
  const v = positive.map((_, i) => (together[i]! - above[i]!) / n);
  const w = negative.map((_, j) => 1 - (together[m + j]! - below[j]!) / m);
  // Midranks are multiples of one half: their sum, and with it the value, is exact.
  let sum = 0;
  for (let i = 0; i < m; i++) sum += together[i]! - above[i]!;
  const value = sum / (m * n);
  const squared = paired
    ? spread(
        v.map((x, i) => x + w[i]!),
        2 * value,
      ) / n
    : spread(v, value) / m + spread(w, value) / n;
  return estimate(value, squared <= Number.EPSILON / (m + n) ? 1 / (Math.min(m, n) + 1) : Math.sqrt(squared));
}

/** Σ (x − mean)² / (n − 1), in rising order of x, so that the order of the events does not matter; NaN for one value. */
function spread(x: Float64Array, mean: number): number {
  let sum = 0;
  for (const value of x.slice().sort()) sum += (value - mean) * (value - mean);
  return x.length < 2 ? NaN : sum / (x.length - 1);
}

/** Rank of each value from 1, equal values sharing the mean of theirs. */
function midranks(x: Float64Array): Float64Array {
  const sorted = x.slice().sort();
  return x.map((value) => (firstNotBelow(sorted, value) + firstAbove(sorted, value) + 1) / 2);
}

const firstNotBelow = (sorted: Float64Array, x: number): number => search(sorted, (value) => value < x);
const firstAbove = (sorted: Float64Array, x: number): number => search(sorted, (value) => value <= x);

function search(sorted: Float64Array, before: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
