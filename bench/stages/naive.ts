import { slotAmong } from '../chain/result.js';
import { slots, WORKLOAD } from '../chain/workload.js';

const { delta, mass, ht, deta, centroids, mean, width } = WORKLOAD;

type F = Float64Array;
/** H_T, |Δη|, the reconstructed mass and δ of each event. */
export type Made = readonly [F, F, F, F];

/** Formulas by one loop over typed arrays, with the functions of Math. */
export function naiveFormulas(c: readonly Float32Array[], length: number, [x, y, m, d]: Made): void {
  const massAt = (i: number, k: number): number =>
    Math.sqrt(
      2 *
        c[k]![i]! *
        c[k + 3]![i]! *
        (Math.cosh(c[k + 1]![i]! - c[k + 4]![i]!) - Math.cos(c[k + 2]![i]! - c[k + 5]![i]!)),
    );
  for (let i = 0; i < length; i++) {
    x[i] = c[0]![i]! + c[3]![i]!;
    y[i] = Math.abs(c[1]![i]! - c[4]![i]!);
    const truth = massAt(i, 0);
    m[i] = massAt(i, 6);
    d[i] = (m[i]! - truth) / truth;
  }
}

/** The nearest centroid of each event. */
export function naiveRegimes([x, y]: Made, length: number, regime: Uint16Array): void {
  for (let i = 0; i < length; i++) {
    let least = Infinity;
    for (let r = 0; r < centroids.length; r++) {
      const u = (x[i]! - mean[0]) / width[0] - centroids[r]![0];
      const v = (y[i]! - mean[1]) / width[1] - centroids[r]![1];
      const distance = u * u + v * v;
      if (distance < least) {
        least = distance;
        regime[i] = r;
      }
    }
  }
}

/** Tables of numbers of events and of plain sums. */
export function naiveSummaries() {
  const [deltas, cells] = [slots(delta), slots(ht) * slots(deta)];
  const tables = {
    delta: new Float64Array(centroids.length * deltas),
    grid: new Float64Array(3 * cells),
    mass: new Float64Array(slots(mass)),
    regime: new Float64Array(3 * centroids.length),
  };
  const fill = ([x, y, m, d]: Made, regime: Uint16Array, length: number): void => {
    for (let i = 0; i < length; i++) {
      tables.delta[regime[i]! * deltas + slotAmong(d[i]!, delta)]!++;
      tables.mass[slotAmong(m[i]!, mass)]!++;
      const cell = 3 * (slotAmong(y[i]!, deta) * slots(ht) + slotAmong(x[i]!, ht));
      tables.grid[cell]!++;
      tables.grid[cell + 1]! += d[i]!;
      tables.grid[cell + 2]! += Math.abs(d[i]!);
      const own = 3 * regime[i]!;
      tables.regime[own]!++;
      tables.regime[own + 1]! += d[i]!;
      tables.regime[own + 2]! += d[i]! * d[i]!;
    }
  };
  return { tables, fill };
}
