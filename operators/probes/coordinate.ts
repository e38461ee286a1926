import { STREAM } from '../random/streams.js';
import { inSlices, nominalPoints, offer, open, perturbed } from './best_points.js';
import { at } from './columns.js';
import { blocksOf } from './blocks.js';
import { correlationAxes } from './correlation_axes.js';
import { eventDraws } from './event_draws.js';
import { MESHES, pollFeature, pollGroup } from './poll.js';
import { drawsOfPulls, randomPulls } from './random_pulls.js';
import type { Attack } from './types.js';

export interface CoordinateOptions {
  /** Random moves of several features that an event tries where no single one helps; default 32. */
  readonly tries?: number;
  /** An event whose margin is below this is done; default -Infinity: it is lowered as far as it goes. */
  readonly enough?: number;
}

const SLICE = 8192;

/**
 * Coordinate search for models without useful gradients, such as trees: only margins are compared.
 *
 * A sweep goes through the features and takes the best of the pulls {-s, -s/2, s/2, s} if it lowers the margin. A group
 * is polled along the principal axes of its correlation, and the direction that the differences add up to is tried. An
 * event that a sweep does not help tries random moves of several features at once, then sweeps with finer steps from
 * where it is (s/4, s/8, s/16), and is then done; `steps` bounds the sweeps. Of a linear margin it reaches the minimum of
 * the box and of the ellipsoids in the first sweep. About 4 d margins an event and sweep for d features.
 *
 * Held values stay; an event whose margin is NaN stays where it is; a candidate with a NaN margin is never taken.
 * Pattern search: R. Hooke & T. A. Jeeves, J. ACM 8 (1961) 212; V. Torczon, SIAM J. Optim. 7 (1997) 1; the direction
 * from the polled points: A. L. Custódio & L. N. Vicente, SIAM J. Optim. 18 (2007) 537.
 */
export const coordinate =
  ({ tries = 32, enough = -Infinity }: CoordinateOptions = {}): Attack =>
  async (envelope, events, objective, settings) => {
    const best = await nominalPoints(envelope, events, objective, settings.size);
    const blocks = blocksOf(envelope);
    const axes = blocks.map(correlationAxes);
    const mesh = new Uint8Array(events.length);
    const draws = new Float64Array(drawsOfPulls(blocks));
    const pulls = new Float64Array(envelope.names.length);

    const jump = (rows: Int32Array, sweep: number): Promise<Float64Array> => {
      const many = Int32Array.from({ length: rows.length * tries }, (_, r) => rows[Math.floor(r / tries)]!);
      const x = at(best.x, many);
      for (let r = 0; r < many.length; r++) {
        const i = many[r]!;
        eventDraws(events, i, sweep, r % tries, settings.seed, STREAM.probe, draws);
        randomPulls(blocks, settings.size, 0.5, draws, pulls);
        for (const [j, u] of pulls.entries()) {
          if (!Number.isNaN(u)) x[j]![r] = events.x[j]![i]! + u * events.sigma[j]![i]!;
        }
      }
      return offer(best, many, x);
    };

    const search = async (slice: Int32Array, progress: (done: number) => void | Promise<void>): Promise<void> => {
      let active = open(best, slice, enough);
      for (let sweep = 0; sweep < settings.steps && active.length > 0; sweep++) {
        const before = best.margin.slice();
        const fallen = (i: number): boolean => best.margin[i]! < before[i]!;
        for (const [b, { members }] of blocks.entries()) {
          const rows = open(best, active, enough);
          if (members.length === 1) await pollFeature(best, rows, members[0]!, mesh);
          else await pollGroup(best, rows, members, axes[b]!, mesh);
        }
        const stuck = active.filter((i) => !fallen(i));
        await jump(stuck, sweep);
        for (const i of stuck) if (!fallen(i)) mesh[i]!++;
        active = open(best, active, enough).filter((i) => mesh[i]! < MESHES.length);
        await progress((sweep + 1) / settings.steps);
      }
    };
    await inSlices(events.length, SLICE, search, settings.onProgress);
    return perturbed(best);
  };
