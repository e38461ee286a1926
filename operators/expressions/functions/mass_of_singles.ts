import { powerOfTwo } from '../math/power_of_two.js';
import { mass } from './mass.js';

const f = Math.fround;

const LOG2_E = f(1.4426950408889634);
/** Adding and subtracting 1.5 · 2^23 rounds to the nearest integer. */
const TO_INTEGER = 12582912;
/** ln 2 and π in parts; multiples of the first ones are exact, up to 2^10 and 2^12. */
const [LN2_HI, LN2_LO] = [0.69317626953125, f(-2.9088971132296138e-5)];
const [PI1, PI2, PI3] = [3.140625, 0.0009677410125732422, f(-8.742277657347586e-8)];
const ONE_OVER_PI = f(0.3183098861837907);
/** Beyond, Δφ/2 is reduced in doubles. */
const FAST_LIMIT = 8192;
/** sinh t = t + t³ P(t²), e^t = 1 + t + t²/2 + t³ P(t), sin t = t + t³ P(t²). */
const SINH = [f(0.16666667), f(0.008333311), f(0.00019842638), f(2.7838898e-6)] as const;
const EXP = [f(0.16666631), f(0.041666623), f(0.008357206), f(0.0013918722)] as const;
const SIN = [f(-0.1666666), f(0.008333069), f(-0.00019809777), f(2.6060957e-6)] as const;

/** c0 + c1 t + t² (c2 + c3 t). */
const cubic = ([c0, c1, c2, c3]: readonly [number, number, number, number], t: number): number =>
  f(f(c0 + f(t * c1)) + f(f(t * t) * f(c2 + f(t * c3))));

/** What rounding took from a − b = d (Knuth), halved. */
function halfError(a: number, b: number, d: number): number {
  const v = f(a - d);
  return f(0.5 * f(f(v - b) + f(a - f(v + d))));
}

/** |sinh(x + extra)|, 0 ≤ x. */
function sinhSum(x: number, extra: number): number {
  if (x < 1) return f(x + f(f(f(x * f(x * x)) * cubic(SINH, f(x * x))) + extra));
  // From there on its square is infinite.
  const hi = x > 89 ? 89 : x;
  const k = f(f(f(hi * LOG2_E) + TO_INTEGER) - TO_INTEGER);
  const r = f(f(hi - f(k * LN2_HI)) + f(extra - f(k * LN2_LO)));
  const e = f(1 + f(r + f(f(r * r) * f(0.5 + f(r * cubic(EXP, r))))));
  const h = f(e * powerOfTwo(Number.isNaN(k) ? 0 : k - 1));
  return f(h - f(0.25 / h));
}

/**
 * `mass` (mass.ts) computed in singles: √(4 pt1 pt2 (sinh²(Δη/2) + sin²(Δφ/2))), each operation rounded to 24 bits; the
 * arguments are singles. Largest error found 3.9 ulp of single precision, and for objects that are collinear but for
 * whole turns 1e-12 √(pt1 pt2) after the first turn, 1e-8 √(pt1 pt2) after five hundred. NaN as there; beyond 1.8e19 (m² beyond the
 * singles) ∞, and below 1e-19 with fewer digits.
 *
 * Method: that of mass.ts with shorter polynomials (minimax, see test/fixtures/math/coefficients.py); Δφ/2 less the
 * nearest multiple of π, whose sign a square does not see.
 */
export function massOfSingles(
  pt1: number,
  eta1: number,
  phi1: number,
  pt2: number,
  eta2: number,
  phi2: number,
): number {
  const dEta = f(eta1 - eta2);
  const dPhi = f(phi1 - phi2);
  const extraEta = halfError(eta1, eta2, dEta);
  const extraPhi = halfError(phi1, phi2, dPhi);
  const x = f(0.5 * dPhi);
  if (!(x <= FAST_LIMIT && x >= -FAST_LIMIT)) return f(mass(pt1, eta1, phi1, pt2, eta2, phi2));
  const a = sinhSum(f(Math.abs(0.5 * dEta)), dEta < 0 ? -extraEta : extraEta);
  const n = f(f(f(x * ONE_OVER_PI) + TO_INTEGER) - TO_INTEGER);
  const r = f(f(f(x - f(n * PI1)) - f(n * PI2)) - f(f(n * PI3) - extraPhi));
  const b = f(r + f(f(r * f(r * r)) * cubic(SIN, f(r * r))));
  return f(2 * f(Math.sqrt(f(f(pt1 * pt2) * f(f(a * a) + f(b * b))))));
}
