import { offer, type BestPoints } from './best_points.js';
import { moved } from './boundary.js';
import { at } from './columns.js';
import { gradient } from './gradient.js';
import { cheapestPulls, reach } from './reach.js';

export interface CostOptions {
  /** Half the width of the differences that give the gradient, in pulls; default 0.1. */
  readonly gradientStep?: number;
  /** Target margin, as a part of the nominal margin below 0; default 0.01. */
  readonly beyond?: number;
  /** The first ratio α / β, in squared margins; each step takes a quarter of it, the last one 0. Default 16. */
  readonly ratio?: number;
}

/** The margin g that an event is driven to: slightly below 0. */
export const targetOf = (nominal: number, { beyond = 0.01 }: CostOptions): number => -beyond * nominal - 1e-9;

/** Scans α / β for `rows`, not yet fooled, and lowers their best points in place; a fooled event leaves the scan. */
export async function scanCosts(
  best: BestPoints,
  nominal: Float64Array,
  rows: Int32Array,
  steps: number,
  options: CostOptions,
  onProgress: (done: number) => void | Promise<void>,
): Promise<void> {
  const { envelope, events, objective, size } = best;
  const slope = best.x.map(() => new Float64Array(events.length));
  // g·u + constant is the margin, linear at the last point where the gradient was taken.
  const constant = nominal.slice();
  let active = rows;
  let fresh = rows;
  for (let step = 0; step < steps && active.length > 0; step++) {
    await differentiate(fresh);
    const ratio = step === steps - 1 ? 0 : (options.ratio ?? 16) / 4 ** step;
    const wanted = Float64Array.from(active, (i) => {
      const linear = constant[i]! - targetOf(nominal[i]!, options);
      return linear > 0 ? linear : nominal[i]! - targetOf(nominal[i]!, options);
    });
    const all = reach(envelope, events, active, at(slope, active));
    const sizes = new Float64Array(active.length).fill(size);
    const pulls = cheapestPulls(all, active.length, wanted, sizes, ratio);
    const before = best.margin.slice();
    await offer(best, active, moved(best, active, pulls));
    active = active.filter((i) => best.margin[i]! >= 0);
    fresh = active.filter((i) => best.margin[i]! < before[i]!);
    await onProgress((step + 1) / steps);
  }

  async function differentiate(some: Int32Array): Promise<void> {
    const x = at(best.x, some);
    const found = await gradient(envelope, events, objective, some, x, { step: options.gradientStep ?? 0.1, size });
    best.evaluations += found.evaluations;
    some.forEach((i, r) => {
      let moved = 0;
      found.gradient.forEach((column, j) => {
        slope[j]![i] = column[r]!;
        if (column[r] !== 0) moved += (column[r]! * (x[j]![r]! - events.x[j]![i]!)) / events.sigma[j]![i]!;
      });
      constant[i] = best.margin[i]! - moved;
    });
  }
}
