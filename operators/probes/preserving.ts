import { wrongPipeline } from '../problem.js';
import { project } from './envelope.js';
import { gradient } from './gradient.js';
import { fits, guardedSet, moveTo, pressureOf, scoreAt, type Caps } from './guarded_set.js';
import { hashOrder, reordered } from './hash_order.js';
import { proposals } from './proposals.js';
import { steepest } from './steepest.js';
import type { Attack, Envelope, Objective, ProbedEvents } from './types.js';

/** Events for which moves are proposed together: a part of all, so that the pressure is looked at often. */
const PARTS = 8;
const MOST_ROWS = 8192;
/** Difference for the gradient of the margin, in pulls. */
const STEP = 0.1;
/** The same for the pressure, in sizes: values have to change their bins. */
const WIDE = 0.5;
/** An event may be within reach if the linear margin at so many sizes is below 0. */
const REACH = 1.5;

/**
 * Search that leaves what an experiment looks at nearly unchanged, in the manner of CONSERVAttack (P. Bechtle et al.,
 * arXiv:2603.13970): among the events given, neither the Jensen–Shannon distance of a feature of the model nor the
 * relative change of the correlation matrix between nominal and reached values is above its cap, at the end and at any
 * time (scorer.ts: cumulative, exact). In each step, for a part of the events after the other:
 * 1. gradients of the margin, and of the pressure on the caps (guarded_set.ts), by pull;
 * 2. candidates that lower the one or both (proposals.ts), for which the model is asked together;
 * 3. events are visited in the order of a hash of (seed, key). An event that is or can be fooled goes where it is with
 *    the least pressure. Another goes to the lowest margin if it may be within reach or in the last step, else it
 *    relieves the pressure with a margin not above its nominal one.
 * A result depends on the whole set, but not on the order in which it is given (events with equal keys aside). Events
 * that are fooled leave the caps to others: their margins are not the lowest possible. An event with a NaN margin stays.
 * Caps are ≥ 0 (Problem); a distance of at least 1 and an infinite correlation change are none.
 */
export function preserving(caps: Caps): Attack {
  if (!(caps.distance >= 0 && caps.correlation >= 0)) {
    throw wrongPipeline(
      `caps of the probe: ${caps.distance} and ${caps.correlation}; give numbers that are not negative`,
    );
  }
  return async (envelope, given, asked, settings) => {
    const order = hashOrder(given, settings.seed);
    const events = reordered(given, order);
    const objective: Objective = {
      features: (rows, x) => asked.features(named(rows, order), x),
      margin: (rows, x) => asked.margin(named(rows, order), x),
    };
    const all = Int32Array.from({ length: events.length }, (_, i) => i);
    const x = events.x.map((column) => column.slice());
    const nominal = await objective.margin(all, x);
    const margin = nominal.slice();
    const features = objective.features(all, x).map((column) => column.slice());
    const set = guardedSet(caps, features, stepsOf(envelope, events, features));
    const pressure: Objective = {
      features: objective.features,
      margin: (rows, points) => {
        const columns = objective.features(rows, points);
        return Promise.resolve(Float64Array.from(rows, (i, r) => pressureOf(caps, scoreAt(set, i, columns, r))));
      },
    };
    const { size, steps } = settings;
    let evaluations = events.length;
    const part = Math.min(MOST_ROWS, Math.max(1, Math.ceil(events.length / PARTS)));
    for (let step = 0; step < steps; step++) {
      for (let start = 0; start < events.length; start += part) {
        const rows = all.subarray(start, start + part).filter((i) => !Number.isNaN(nominal[i]!));
        const n = rows.length;
        const here = x.map((column) => Float64Array.from(rows, (i) => column[i]!));
        const slope = await gradient(envelope, events, objective, rows, here, { step: STEP, size });
        const tension = await gradient(envelope, events, pressure, rows, here, { step: WIDE * size, size });
        const found = proposals(envelope, events, rows, here, slope.margin, slope.gradient, tension.gradient, size);
        project(envelope, events, found.rows, found.x, size);
        const margins = await objective.margin(found.rows, found.x);
        const columns = objective.features(found.rows, found.x);
        evaluations += slope.evaluations + found.rows.length;
        const reach = reachOf(envelope, events, rows, slope.gradient);
        for (let r = 0; r < n; r++) {
          const i = rows[r]!;
          const descend = step === steps - 1 || nominal[i]! < REACH * size * reach[r]!;
          // Lower is better, by rank first.
          let rank = margin[i]! < 0 ? 0 : 1;
          let value = rank === 1 && descend ? margin[i]! : pressureOf(caps, set.scorer.score);
          let best = -1;
          for (let at = r; at < margins.length; at += n) {
            const m = margins[at]!;
            const itsRank = m < 0 ? 0 : 1;
            if (!(m <= nominal[i]!) || itsRank > rank) continue;
            if (itsRank === rank && rank === 1 && descend && m >= value) continue;
            const score = scoreAt(set, i, columns, at);
            const itsValue = itsRank === 1 && descend ? m : pressureOf(caps, score);
            if (!fits(caps, score) || (itsRank === rank && itsValue >= value)) continue;
            best = at;
            rank = itsRank;
            value = itsValue;
          }
          if (best < 0 || !moveTo(set, i, columns, best)) continue;
          margin[i] = margins[best]!;
          for (let j = 0; j < x.length; j++) x[j]![i] = found.x[j]![best]!;
        }
      }
      await settings.onProgress?.((step + 1) / steps);
    }
    return { x: x.map((column) => givenBack(column, order)), margin: givenBack(margin, order), evaluations };
  };
}

const named = (rows: Int32Array, order: Int32Array): Int32Array => rows.map((i) => order[i]!);

function givenBack(column: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(column.length);
  for (let i = 0; i < order.length; i++) out[order[i]!] = column[i]!;
  return out;
}

/** By how much one size lowers the linear margin. */
function reachOf(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  slope: readonly Float64Array[],
): Float64Array {
  const pulls = steepest(envelope, events, rows, slope, 1);
  return Float64Array.from(rows, (_, r) => {
    let sum = 0;
    for (let j = 0; j < slope.length; j++) sum -= slope[j]![r]! * pulls[j]![r]!;
    return sum;
  });
}

/** Steps of the model's features: a feature that is a free one, value by value, has that one's. */
const stepsOf = (envelope: Envelope, events: ProbedEvents, features: readonly Float64Array[]): number[] =>
  features.map((column) => {
    const j = events.x.findIndex((free) => free.every((value, i) => Object.is(value, column[i])));
    return j < 0 ? 0 : envelope.step[j]!;
  });
