import { isHeld, ROUNDING } from './blocks.js';
import type { Envelope, Objective, ProbedEvents } from './types.js';

/** Rows that go to the model in one call at most. */
const CALL = 65_536;

export interface Gradient {
  /** gradient[j][r] = ∂ margin / ∂ u_j, per pull u = (x − nominal) / σ. */
  readonly gradient: Float64Array[];
  readonly margin: Float64Array;
  readonly evaluations: number;
}

export interface GradientOptions {
  /** h, in pulls; default 0.1. */
  readonly step?: number;
  /** Pulls within which a discrete value looks for its neighbours; default any. */
  readonly size?: number;
  /** Margins at x, where they are known: they are not asked again. */
  readonly margin?: Float64Array;
}

/**
 * ∂ margin / ∂ pull at x by central differences, (f(x + h) − f(x − h)) / 2h with h = `step` pulls (error O(h²)); all
 * features of many rows go to the model together.
 * Where h leaves the range on one side it is one-sided (error O(h)). A discrete feature: the difference between its
 * neighbouring values, those within `size` pulls of the nominal value. 0 where a value is held, cannot move, or a margin
 * that it needs is NaN. The points of a difference stay inside the ranges, but may leave a size by h.
 */
export async function gradient(
  envelope: Envelope,
  events: ProbedEvents,
  objective: Objective,
  rows: Int32Array,
  x: readonly Float64Array[],
  { step = 0.1, size = Infinity, margin: known }: GradientOptions = {},
): Promise<Gradient> {
  const d = x.length;
  const out: Gradient & { evaluations: number } = {
    gradient: x.map(() => new Float64Array(rows.length)),
    margin: new Float64Array(rows.length),
    evaluations: 0,
  };
  const chunk = Math.min(rows.length, Math.max(1, Math.floor(CALL / (2 * d + 1))));
  // What is asked in one call: row source[p], with feature moved[p] at value[p]; first the rows as they are, if need be.
  const source = new Int32Array(chunk * (2 * d + 1));
  const moved = new Int32Array(source.length);
  const value = new Float64Array(source.length);
  for (let start = 0; start < rows.length; start += chunk) {
    const n = Math.min(chunk, rows.length - start);
    const own = known ? 0 : n;
    for (let r = 0; r < own; r++) source[r] = start + r;
    let asked = own;
    for (let j = 0; j < d; j++) {
      for (let r = start; r < start + n; r++) {
        if (isHeld(envelope, events, j, rows[r]!)) continue;
        for (let side = -1; side <= 1; side += 2) {
          const beside = neighbour(envelope, events, j, rows[r]!, x[j]![r]!, side * step, size);
          if (beside === x[j]![r]! || Number.isNaN(beside)) continue;
          source[asked] = r;
          moved[asked] = j;
          value[asked++] = beside;
        }
      }
    }
    const of = new Int32Array(asked);
    for (let p = 0; p < asked; p++) of[p] = rows[source[p]!]!;
    const margin = await objective.margin(
      of,
      x.map((column, j) => {
        const points = new Float64Array(asked);
        for (let p = 0; p < asked; p++) points[p] = p >= own && moved[p] === j ? value[p]! : column[source[p]!]!;
        return points;
      }),
    );
    out.evaluations += asked;
    out.margin.set(known ? known.subarray(start, start + n) : margin.subarray(0, n), start);
    for (let p = own; p < asked; p++) {
      const j = moved[p]!;
      const r = source[p]!;
      const both = p + 1 < asked && moved[p + 1] === j && source[p + 1] === r;
      const run = both ? value[p + 1]! - value[p]! : value[p]! - x[j]![r]!;
      const rise = both ? margin[p + 1]! - margin[p]! : margin[p]! - out.margin[r]!;
      const slope = (rise * events.sigma[j]![rows[r]!]!) / run;
      out.gradient[j]![r] = Number.isFinite(slope) ? slope : 0;
      if (both) p++;
    }
  }
  return out;
}

/** The value beside `value`, `pulls` σ away or the next one on the grid; `value` itself where there is none. */
function neighbour(
  envelope: Envelope,
  events: ProbedEvents,
  j: number,
  i: number,
  value: number,
  pulls: number,
  size: number,
): number {
  const sigma = events.sigma[j]![i]!;
  const step = envelope.step[j]!;
  const low = envelope.low[j]!;
  const high = envelope.high[j]!;
  if (step === 0) return Math.min(high, Math.max(low, value + pulls * sigma));
  const next = (Math.round(value / step) + (pulls < 0 ? -1 : 1)) * step;
  const needed = Math.abs(next - events.x[j]![i]!) / sigma;
  return next < low || next > high || needed > size * (1 + ROUNDING) ? value : next;
}
