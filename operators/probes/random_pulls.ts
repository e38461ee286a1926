import { normal } from '../random/normal.js';
import type { CorrelatedGroup } from './types.js';

/** How many draws randomPulls takes. */
export const drawsOfPulls = (blocks: readonly CorrelatedGroup[]): number =>
  blocks.reduce((sum, { members }) => sum + 1 + members.length, 0);

/**
 * Random pulls of an event, in `pulls`: each block (blocks.ts) is moved with probability `moved` to the surface, in a
 * direction that is uniform in the whitened pulls (a single feature: to either end). What is not moved is NaN.
 */
export function randomPulls(
  blocks: readonly CorrelatedGroup[],
  size: number,
  moved: number,
  draws: Float64Array,
  pulls: Float64Array,
): void {
  pulls.fill(NaN);
  let k = 0;
  for (const { members, cholesky } of blocks) {
    const g = members.length;
    const move = draws[k++]!;
    const from = k;
    k += g;
    if (!(move < moved)) continue;
    if (g === 1) {
      pulls[members[0]!] = draws[from]! < 0.5 ? -size : size;
      continue;
    }
    const v = Array.from(members, (_, a) => normal(draws[from + a]!));
    const scale = size / Math.sqrt(v.reduce((sum, each) => sum + each * each, 0));
    for (let a = 0; a < g; a++) {
      let u = 0;
      for (let b = 0; b <= a; b++) u += cholesky[a * g + b]! * v[b]!;
      pulls[members[a]!] = u * scale;
    }
  }
}
