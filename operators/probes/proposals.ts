import { pullsOf } from './envelope.js';
import { steepest } from './steepest.js';
import type { Envelope, ProbedEvents } from './types.js';

/** Candidates: number c of row r of those asked is row c · rows + r. */
export interface Proposals {
  readonly rows: Int32Array;
  readonly x: Float64Array[];
}

/** How far beyond the boundary a step aims that should just fool, and how near to it one that should not lose it. */
const OVERSHOOT = 1.05;
const UNDERSHOOT = 0.9;
/** The shares of the pressure's gradient beside the margin's, both of length 1 (sum of the absolute values). */
const SHARES = [0, 0.5, 2];

/**
 * Eight places each event may go to, for the gradients of margin (g) and pressure (h) by pull at x: on the way to the
 * four points of the size that descend g + share · h, and h where that does not raise the margin (fooled events: also
 * the nominal point in the place of g's), the whole way or as far as the linear margin needs to change its sign, or a
 * quarter of it. They may be outside of the envelope (envelope.ts project).
 */
export function proposals(
  envelope: Envelope,
  events: ProbedEvents,
  rows: Int32Array,
  x: readonly Float64Array[],
  margin: Float64Array,
  g: readonly Float64Array[],
  h: readonly Float64Array[],
  size: number,
): Proposals {
  const n = rows.length;
  const pulls = pullsOf(envelope, events, rows, x);
  const [slope, tension] = [unit(g, n), unit(h, n)];
  const relief = tension.map((column, j) => column.map((value, r) => (value * slope[j]![r]! >= 0 ? value : 0)));
  const directions = SHARES.map((share) => slope.map((column, j) => column.map((v, r) => v + share * tension[j]![r]!)));
  const targets = [...directions, relief].map((direction) => steepest(envelope, events, rows, direction, size));
  for (let r = 0; r < n; r++) if (margin[r]! < 0) for (const column of targets[0]!) column[r] = 0;

  const out = x.map(() => new Float64Array(2 * targets.length * n));
  targets.forEach((target, t) => {
    for (let r = 0; r < n; r++) {
      let rise = 0;
      for (let j = 0; j < x.length; j++) rise += g[j]![r]! * (target[j]![r]! - pulls[j]![r]!);
      const [whole, part] = wayOf(margin[r]!, rise);
      for (let j = 0; j < x.length; j++) {
        const u = pulls[j]![r]!;
        const v = target[j]![r]!;
        const nominal = events.x[j]![rows[r]!]!;
        const sigma = events.sigma[j]![rows[r]!]!;
        out[j]![2 * t * n + r] = nominal + sigma * (whole === 1 ? v : u + whole * (v - u));
        out[j]![(2 * t + 1) * n + r] = nominal + sigma * (u + part * (v - u));
      }
    }
  });
  const repeated = new Int32Array(2 * targets.length * n);
  for (let c = 0; c < 2 * targets.length; c++) repeated.set(rows, c * n);
  return { rows: repeated, x: out };
}

/** Two parts of the way, on which the margin would rise by `rise`. */
function wayOf(margin: number, rise: number): readonly [number, number] {
  const crossing = -margin / rise;
  if (margin < 0) {
    const whole = rise > 0 ? Math.min(1, UNDERSHOOT * crossing) : 1;
    return [whole, whole / 4];
  }
  const needed = OVERSHOOT * crossing;
  return [1, needed > 0 && needed < 1 ? needed : 0.25];
}

/** Each row divided by the sum of its absolute values. */
function unit(columns: readonly Float64Array[], n: number): Float64Array[] {
  const norm = new Float64Array(n);
  for (const column of columns) for (let r = 0; r < n; r++) norm[r]! += Math.abs(column[r]!);
  return columns.map((column) => column.map((value, r) => (norm[r]! > 0 ? value / norm[r]! : 0)));
}
