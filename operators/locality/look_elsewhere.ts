import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import { logTail } from '../statistics/normal_tail.js';
import type { HingeGrid } from './hinge_grid.js';

/**
 * ln of the probability that, on a baseline without an onset, the best straight hinge of the grid takes `gain` or more
 * off χ². The onset exists only under the alternative, so the gain is no χ² of 1 or 2 degrees of freedom; it is the
 * largest Z(h)² over the candidates, Z(h) = γ(h) · noise with γ the unit vector of the hinge (baseline projected out):
 *
 *   P(max |Z| > c) ≤ 2 Φ(−c) + (L / π) e^(−c²/2),  L the length of the curve γ(h) on the unit sphere.
 *
 * R. B. Davies, "Hypothesis testing when a nuisance parameter is present only under the alternative", Biometrika 74
 * (1987) 33; M. Knowles & D. Siegmund, "On Hotelling's approach to testing for a nonlinear parameter in regression",
 * Int. Statist. Rev. 57 (1989) 205. An upper bound, close for small probabilities; at most ln 1.
 */
export function lookElsewhere(grid: HingeGrid, gain: number): number {
  const c = Math.sqrt(gain);
  const local = Math.LN2 + logTail(c);
  const elsewhere = log(tubeLength(grid) / Math.PI) - gain / 2;
  const larger = Math.max(local, elsewhere);
  return Math.min(0, larger + log(exp(local - larger) + exp(elsewhere - larger)));
}

/** L, from the chords between neighbouring candidates. */
export function tubeLength(grid: HingeGrid): number {
  let length = 0;
  let before: Float64Array | undefined;
  for (const h of grid.h) {
    const now = unitHinge(grid, h);
    if (before) {
      let square = 0;
      for (let i = 0; i < now.length; i++) square += (now[i]! - before[i]!) ** 2;
      // The arc over a chord c is 2 asin(c / 2) = c (1 + c²/24 + …).
      length += Math.sqrt(square) * (1 + square / 24);
    }
    before = now;
  }
  return length;
}

function unitHinge({ t, weight, moments, baseline }: HingeGrid, h: number): Float64Array {
  const [w, mean, spread] = moments;
  const u = t.map((each) => Math.max(0, each - h));
  let one = 0;
  let tilt = 0;
  for (let i = 0; i < t.length; i++) {
    one += weight[i]! * u[i]!;
    tilt += weight[i]! * u[i]! * (t[i]! - mean);
  }
  const level = baseline === 'known' ? 0 : one / w;
  const slope = baseline === 'line' ? tilt / spread : 0;
  const left = u.map((each, i) => (each - level - slope * (t[i]! - mean)) * Math.sqrt(weight[i]!));
  let square = 0;
  for (const each of left) square += each * each;
  const length = Math.sqrt(square);
  return left.map((each) => each / length);
}
