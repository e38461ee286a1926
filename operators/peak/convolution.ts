import { Z_MASS } from './breit_wigner.js';
import { SHAPE } from './parameters.js';
import { resolutionNodes } from './resolution_nodes.js';

/**
 * Breit–Wigner ⊗ Crystal Ball at each x, per GeV up to a constant, and its derivatives:
 *
 *   f(x) = ∫ crystalBall(t; α, n, α_high, n_high) · breitWigner(x − shift − σ t; M_Z, Γ) dt
 *
 * `p` holds shift, σ, α, n, α_high, n_high, Γ (see parameters.ts); α_high = ∞: no tail above; σ = 0: the Breit–Wigner
 * alone. Column 0 of the result is f, column 1 + k its derivative by parameter k; column j is at [j · x.length, ...).
 * By the panels of resolution_nodes.ts; relative accuracy 3e-6 for x in [60, 120] GeV, σ from 0.05 to 7 GeV and n ≥ 1.05
 * (compared with adaptive quadrature), 1e-7 near the peak.
 */
export function convolve(x: Float64Array, p: Float64Array): Float64Array {
  const points = x.length;
  const out = new Float64Array((SHAPE + 1) * points);
  const [shift, sigma, gamma] = [p[0]!, p[1]!, p[6]!];
  const { count, t: at, c: weight, a, n, aHigh, nHigh } = resolutionNodes(p, x[0]!, x[points - 1]!);
  const square = Z_MASS * Z_MASS;
  const floor = square * gamma * gamma;
  for (let i = 0; i < points; i++) {
    const middle = x[i]! - shift;
    let f = 0;
    let fm = 0;
    let fs = 0;
    let fa = 0;
    let fn = 0;
    let fa2 = 0;
    let fn2 = 0;
    let fg = 0;
    for (let j = 0; j < count; j++) {
      const m = middle - sigma * at[j]!;
      if (m <= 0) continue;
      const s = m * m - square;
      const inverse = 1 / (s * s + floor);
      const b = 2 * m * inverse;
      const cb = weight[j]! * b;
      const slope = weight[j]! * inverse * (2 - 4 * m * s * b);
      f += cb;
      fm += slope;
      fs += at[j]! * slope;
      fa += a[j]! * b;
      fn += n[j]! * b;
      fa2 += aHigh[j]! * b;
      fn2 += nHigh[j]! * b;
      fg += cb * inverse;
    }
    const row = [f, -fm, -fs, fa, fn, fa2, fn2, -2 * square * gamma * fg];
    for (let k = 0; k <= SHAPE; k++) out[k * points + i] = row[k]!;
  }
  return out;
}
