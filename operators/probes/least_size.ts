import type { BestPoints } from './best_points.js';
import { backToBoundary, keep, moved } from './boundary.js';
import { at } from './columns.js';
import { targetOf, type CostOptions } from './cost_scan.js';
import { project, sizesOf } from './envelope.js';
import { gradient } from './gradient.js';
import { cheapestPulls, leastSize, reach } from './reach.js';

/** Rounds that look for a smaller size at the boundary, and the gain that is worth one. */
const ROUNDS = 12;
const GAIN = 0.003;

/** Moves the fooled best points of `rows` to the boundary, then to smaller sizes as long as they fool. */
export async function tighten(
  best: BestPoints,
  nominal: Float64Array,
  rows: Int32Array,
  options: CostOptions,
): Promise<void> {
  const { envelope, events, objective, size } = best;
  const back = async (some: Int32Array, x: Float64Array[], margin: Float64Array): Promise<void> => {
    await backToBoundary(best, some, at([nominal], some)[0]!, x, margin);
  };
  const x = at(best.x, rows);
  const margin = at([best.margin], rows)[0]!;
  await back(rows, x, margin);
  keep(best, rows, x, margin);
  const slope = best.x.map(() => new Float64Array(events.length));
  const sizes = new Float64Array(events.length);
  const ambition = new Float64Array(events.length).fill(1);
  sizesOf(envelope, events, rows, x).forEach((value, r) => (sizes[rows[r]!] = value));
  let active = rows;
  let fresh = rows;
  for (let round = 0; round < ROUNDS && active.length > 0; round++) {
    const points = at(best.x, fresh);
    const found = await gradient(envelope, events, objective, fresh, points, {
      step: options.gradientStep ?? 0.1,
      size,
    });
    best.evaluations += found.evaluations;
    slope.forEach((column, j) => {
      fresh.forEach((i, r) => (column[i] = found.gradient[j]![r]!));
    });
    const all = reach(envelope, events, active, at(slope, active));
    // All that the proposed size can take.
    const wanted = new Float64Array(active.length).fill(Infinity);
    const proposed = new Float64Array(active.length);
    active.forEach((i, r) => {
      const goal = targetOf(nominal[i]!, options) / 10;
      let linear = best.margin[i]! - goal;
      slope.forEach((column, j) => {
        if (column[i] !== 0) linear -= (column[i]! * (best.x[j]![i]! - events.x[j]![i]!)) / events.sigma[j]![i]!;
      });
      const least = linear > 0 ? leastSize(all, r, linear, sizes[i]!) : sizes[i]!;
      proposed[r] = sizes[i]! - ambition[i]! * (sizes[i]! - least);
    });
    const worth = Int32Array.from(active.keys()).filter(
      (r) => proposed[r]! < sizes[active[r]!]! * (1 - GAIN) && ambition[active[r]!]! > 0.1,
    );
    const pulls = at(cheapestPulls(all, active.length, wanted, proposed, 0), worth);
    active = worth.map((r) => active[r]!);
    const to = moved(best, active, pulls);
    const tried = await attempt(active, to);
    const better = Int32Array.from(active.keys()).filter((r) => tried[r]! < 0);
    fresh = better.map((r) => active[r]!);
    active.forEach((i, r) => {
      ambition[i] = tried[r]! < 0 ? 1 : ambition[i]! / 2;
    });
    const nearer = at(to, better);
    const margins = at([tried], better)[0]!;
    await back(fresh, nearer, margins);
    keep(best, fresh, nearer, margins);
    sizesOf(envelope, events, fresh, nearer).forEach((value, r) => (sizes[fresh[r]!] = value));
  }

  async function attempt(some: Int32Array, to: Float64Array[]): Promise<Float64Array> {
    project(envelope, events, some, to, size);
    best.evaluations += some.length;
    return some.length === 0 ? new Float64Array(0) : objective.margin(some, to);
  }
}
