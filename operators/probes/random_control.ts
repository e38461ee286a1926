import { wrongPipeline } from '../problem.js';
import { normal } from '../random/normal.js';
import { STREAM } from '../random/streams.js';
import { inSlices, nominalPoints, offer, perturbed } from './best_points.js';
import { blocksOf, movingBlocks } from './blocks.js';
import { eventDraws } from './event_draws.js';
import type { Attack, Envelope, ProbedEvents } from './types.js';

const SLICE = 16_384;

/**
 * The control that runs beside every attack: `tries` random directions an event, of exactly the size that the attack
 * may use and under the same ranges and steps; the one that lowers the margin most is kept, or the event stays where it
 * was. tries = 1 is the plain control; more give chance as many looks as the caller thinks fair.
 *
 * A single feature has the pull ±s, either sign with probability 1/2 (what a gradient's sign would choose among); a
 * group has u = s L z / |z|, z standard normal: on the surface uᵀ R⁻¹ u = s², uniform in the whitened pulls. On a linear
 * margin the change is Σ ±s w_j σ_j with random signs. A hash of (seed, event, try, feature): no try depends on how many
 * there are.
 */
export const randomControl =
  (tries = 1): Attack =>
  async (envelope, events, objective, settings) => {
    if (!(Number.isInteger(tries) && tries >= 1)) {
      throw wrongPipeline(`tries of the random control: ${tries}, expected a whole number from 1`);
    }
    const best = await nominalPoints(envelope, events, objective, settings.size);
    const search = async (rows: Int32Array, progress: (done: number) => void | Promise<void>): Promise<void> => {
      const answered = rows.filter((i) => !Number.isNaN(best.margin[i]!));
      for (let attempt = 0; attempt < tries; attempt++) {
        await offer(best, answered, randomPoints(envelope, events, answered, settings.size, settings.seed, attempt));
        await progress((attempt + 1) / tries);
      }
    };
    await inSlices(events.length, SLICE, search, settings.onProgress);
    return perturbed(best);
  };

/** A random point of the given size for each row, before ranges and steps (project). */
export function randomPoints(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  size: number,
  seed: number,
  attempt: number,
): Float64Array[] {
  const x = events.x.map((column) => Float64Array.from(rows, (i) => column[i]!));
  const blocks = blocksOf(envelope).map(({ members, cholesky }) => ({
    members,
    part: movingBlocks(envelope, events, { members, cholesky }),
  }));
  const draws = new Float64Array(x.length);
  for (let r = 0; r < rows.length; r++) {
    const i = rows[r]!;
    eventDraws(events, i, attempt, 0, seed, STREAM.control, draws);
    for (const { members, part } of blocks) {
      const { moving, factor } = part(i);
      if (members.length === 1) {
        const j = members[0]!;
        if (moving.length > 0) x[j]![r]! += size * Math.sign(draws[j]! - 0.5) * events.sigma[j]![i]!;
        continue;
      }
      const z = moving.map((m) => normal(draws[members[m]!]!));
      const scale = size / Math.sqrt(z.reduce((sum, each) => sum + each * each, 0));
      for (let a = 0; a < moving.length; a++) {
        const j = members[moving[a]!]!;
        let u = 0;
        for (let b = 0; b <= a; b++) u += factor[a * moving.length + b]! * z[b]!;
        x[j]![r]! += scale * u * events.sigma[j]![i]!;
      }
    }
  }
  return x;
}
