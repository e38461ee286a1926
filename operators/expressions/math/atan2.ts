/** Where the reduction changes its centre c (below the first: none, above the last: ∞). */
const EDGES = [0.4375, 0.6875, 1.1875, 2.4375] as const;
/** atan c of the centres 0, 1/2, 1, 3/2, ∞, then π − atan c of the same, as sums of two doubles. */
// prettier-ignore
const CENTRE_HI = Float64Array.of(
  0, 0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966,
  3.141592653589793, 2.677945044588987, 2.356194490192345, 2.158798930342464, 1.5707963267948966,
);
// prettier-ignore
const CENTRE_LO = Float64Array.of(
  0, 2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17,
  1.2246467991473532e-16, 1.5527705369303147e-16, 9.184850993605148e-17, 2.1958367134601997e-16, 6.123233995736766e-17,
);
/** The reduced argument is (A t − B)/(C + D t) = tan(atan t − atan c). */
const A = Float64Array.of(1, 1, 1, 1, 0);
const B = Float64Array.of(0, 0.5, 1, 1.5, 1);
const C = Float64Array.of(1, 1, 1, 1, 0);
const D = Float64Array.of(0, 0.5, 1, 1.5, 1);

/** From here on atan t rounds as π/2 − 1/t does; keeps 0 · ∞ out. */
const LARGEST = 2 ** 66;

/**
 * atan t, or π − atan t if `obtuse`, for t ≥ 0: atan c + atan r, atan r = r − r³ Q(r²), |r| ≤ 7/16, Q of degree 10
 * (minimax, see test/fixtures/math/coefficients.py).
 */
function atanPositive(t: number, obtuse: boolean): number {
  const bounded = t > LARGEST ? LARGEST : t;
  const i = bounded < EDGES[1] ? (bounded < EDGES[0] ? 0 : 1) : bounded < EDGES[2] ? 2 : bounded < EDGES[3] ? 3 : 4;
  const acute = (A[i]! * bounded - B[i]!) / (C[i]! + D[i]! * bounded);
  const r = obtuse ? -acute : acute;
  const centre = obtuse ? i + 5 : i;
  const z = r * r;
  const w = z * z;
  const v = w * w;
  const Q =
    0.3333333333333293 +
    z * -0.19999999999876533 +
    w * (0.14285714272510658 + z * -0.11111110405868106) +
    v *
      (0.09090887145532224 +
        z * -0.07691876418272468 +
        w * (0.06661075459020246 + z * -0.05833585753244194) +
        v * (0.04976940494329868 + z * -0.036532917681591705 + w * 0.016286996709608415));
  return CENTRE_HI[centre]! - (r * z * Q - CENTRE_LO[centre]! - r);
}

/** atan x, in [−π/2, π/2]. Any double; largest error found 0.76 ulp. atan ±0 = ±0, atan ±∞ = ±π/2; NaN gives NaN. */
export function atan(x: number): number {
  if (x === 0) return x;
  const y = atanPositive(Math.abs(x), false);
  return x < 0 ? -y : y;
}

/**
 * The angle of the point (x, y), in [−π, π]. Any doubles; largest error found 1.5 ulp of a normal result.
 *
 * Signed zeros and infinities as IEEE 754-2019 §9.2.1: atan2(±0, +0) = ±0, atan2(±0, −0) = ±π, atan2(±∞, ∞) = ±π/4,
 * atan2(±∞, −∞) = ±3π/4. NaN in either gives NaN.
 */
export function atan2(y: number, x: number): number {
  const a = Math.abs(y);
  const b = Math.abs(x);
  // 0/0 and ∞/∞ are the directions (0, 1) and (1, 1).
  const t = a === b ? (a === 0 ? 0 : a === a ? 1 : NaN) : a / b;
  const angle = atanPositive(t, x < 0 || (x === 0 && 1 / x < 0));
  return y < 0 || (y === 0 && 1 / y < 0) ? -angle : angle;
}
