import { wrongPipeline } from '../problem.js';
import { STREAM } from '../random/streams.js';
import { inSlices, nominalPoints, offer, open, perturbed } from './best_points.js';
import { at } from './columns.js';
import { directionsOf, downhill, hadamard } from './directions.js';
import { eventDraws } from './event_draws.js';
import type { Attack } from './types.js';

export interface EvolutionaryOptions {
  /** The most points of an event in a generation, a power of 2 from 8 to 1024; default 64. */
  readonly population?: number;
  /** An event whose margin is below this is done; default -Infinity: it is lowered as far as it goes. */
  readonly enough?: number;
}

/** Points of all events that are held at once. */
const MOST_POINTS = 131072;
/** Steps, in sizes, from coarse to fine and round again. */
const MESHES = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];
/** Share of the directions that a generation varies. */
const SHARES = [1, 1 / 2];
/** What a generation remembers of the direction that the earlier ones found. */
const MEMORY = 0.5;

/**
 * A (1 + λ) evolution strategy, event by event, batched over the events: only margins are compared.
 *
 * Each of `steps` generations has λ points in mirrored pairs b ± h s Σ_q ε_q d_q about the best point b, all features
 * varied at once (in every other generation about half of them): d_q is a single feature or an axis of a correlated
 * group, ε_q = ±1 from the rows of a Hadamard matrix under random signs, so that pairs are orthogonal; λ is twice the
 * number of directions, up to a power of 2, at most `population`. Differences of the margins recombine them,
 * D_q = Σ ε_q (m₋ - m₊) / 2, to which half of the earlier D is added, and b + h s Σ_q sign(D_q) d_q (a group: along D)
 * competes too, as does the same from the nominal point with h = 1. The best point stays until there is a better one;
 * a generation without one makes h smaller: 1, 1/2, and so on to 1/32, then 1 again. 1 + steps · (λ + 2) margins an event at most.
 *
 * Chance is a hash of (seed, event, generation): an event's result does not depend on the other events. Held values stay;
 * an event whose margin is NaN stays where it is; a NaN is never taken, and counts as no change in D. Of a linear margin of up to population / 2
 * directions it reaches the minimum of the box and of the ellipsoids in the first generation.
 * H.-G. Beyer & H.-P. Schwefel, Natural Computing 1 (2002) 3; mirrored orthogonal samples: H. Wang, M. Emmerich &
 * T. Bäck, Evol. Comput. 27 (2019) 699; against classifiers: A. Ilyas et al., arXiv:1804.08598.
 */
export const evolutionary = ({ population: most = 64, enough = -Infinity }: EvolutionaryOptions = {}): Attack => {
  if (!(most >= 8 && most <= 1024 && (most & (most - 1)) === 0)) {
    throw wrongPipeline(`population ${most} of an evolutionary search: expected a power of 2 from 8 to 1024`);
  }
  return async (envelope, events, objective, { size, seed, steps, onProgress }) => {
    const best = await nominalPoints(envelope, events, objective, size);
    const directions = directionsOf(envelope);
    let pairs = 4;
    while (pairs < directions.length && pairs < most / 2) pairs *= 2;
    const population = 2 * pairs;
    const signs = new Float64Array(2 * directions.length);
    const descent = directions.map(() => new Float64Array(events.length));
    const mesh = new Uint8Array(events.length);
    const draw = (i: number, generation: number): void => {
      eventDraws(events, i, generation, 0, seed, STREAM.evolutionary, signs);
      for (let q = 0; q < directions.length; q++) {
        const used = signs[directions.length + q]! < SHARES[generation % SHARES.length]!;
        signs[q] = used ? (signs[q]! < 0.5 ? -1 : 1) : 0;
      }
    };
    const add = (x: Float64Array[], r: number, i: number, q: number, amount: number): void => {
      if (amount === 0) return;
      const { members, pulls } = directions[q]!;
      for (let a = 0; a < members.length; a++) {
        x[members[a]!]![r]! += amount * size * pulls[a]! * events.sigma[members[a]!]![i]!;
      }
    };

    const generate = async (active: Int32Array, generation: number): Promise<void> => {
      const rows = Int32Array.from(
        { length: active.length * population },
        (_, r) => active[Math.floor(r / population)]!,
      );
      const x = at(best.x, rows);
      for (let r = 0; r < rows.length; r++) {
        const i = rows[r]!;
        const p = r % population;
        if (p === 0) draw(i, generation);
        const h = (p % 2 === 0 ? 1 : -1) * MESHES[mesh[i]!]!;
        for (let q = 0; q < directions.length; q++) add(x, r, i, q, h * signs[q]! * hadamard(p >> 1, q % pairs));
      }
      const from = at(best.x, active);
      const start = at(events.x, active);
      const before = best.margin.slice();
      const margin = await offer(best, rows, x);
      for (const [k, i] of active.entries()) {
        draw(i, generation);
        for (let q = 0; q < directions.length; q++) {
          let sum = 0;
          for (let p = 0; p < population; p += 2) {
            const up = known(margin[k * population + p]!, before[i]!);
            const down = known(margin[k * population + p + 1]!, before[i]!);
            sum += ((down - up) / 2) * hadamard(p >> 1, q % pairs);
          }
          descent[q]![i] = MEMORY * descent[q]![i]! + signs[q]! * sum;
        }
        for (const [q, amount] of downhill(directions, descent, i).entries()) {
          add(from, k, i, q, amount * MESHES[mesh[i]!]!);
          add(start, k, i, q, amount);
        }
      }
      await offer(best, active, from);
      await offer(best, active, start);
      for (const i of active) if (!(best.margin[i]! < before[i]!)) mesh[i] = (mesh[i]! + 1) % MESHES.length;
    };

    const search = async (slice: Int32Array, progress: (done: number) => void | Promise<void>): Promise<void> => {
      for (let generation = 0; generation < steps; generation++) {
        const active = open(best, slice, enough);
        if (active.length === 0) return;
        await generate(active, generation);
        await progress((generation + 1) / steps);
      }
    };
    await inSlices(events.length, Math.max(1, Math.floor(MOST_POINTS / population)), search, onProgress);
    return perturbed(best);
  };
};

const known = (margin: number, otherwise: number): number => (Number.isFinite(margin) ? margin : otherwise);
