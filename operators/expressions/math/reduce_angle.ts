const TWO_OVER_PI = 0.6366197723675814;
const TO_INTEGER = 6755399441055744;
/** π/2 in three parts of 33 bits and a rest: n times a part is exact for |n| ≤ 2^20. */
const P1 = 1.5707963267341256;
const P2 = 6.077100506303966e-11;
const P3 = 2.0222662487111665e-21;
const P4 = 8.4784276603689e-32;

/** Up to here the reduction is by the four parts of π/2; beyond, by 1216 bits of 2/π. */
const FAST_LIMIT = 1048576;

/** 2/π · 2^1216 and π/2 · 2^127, rounded down. */
const INVERSE = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424d' +
    'd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639' +
    '835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f46' +
    '3f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6bab',
);
const HALF_PI = 0xc90fdaa22168c234c4c6628b80dc1cd1n;

/** What `reduceAngle` leaves: rest[0] + rest[1], the second at most an ulp of the first. */
export const rest = new Float64Array(2);

/**
 * n and `rest` with x + extra = n π/2 + rest, |rest| ≤ π/4 (up to rounding); returns n, beyond FAST_LIMIT modulo 4.
 * `extra` is at most an ulp of x, and neglected beyond FAST_LIMIT. ±∞ and NaN leave NaN.
 *
 * Cody and Waite (1980), ch. 8, with 152 bits of π/2: no double below the limit lies closer than 2^−62 to a multiple
 * of π/2, so that the rest is good to its last bit. The differences t − n P are exact, their rounding error kept (Knuth).
 */
export function reduceAngle(x: number, extra: number): number {
  if (!(x <= FAST_LIMIT && x >= -FAST_LIMIT)) return reduceHuge(x);
  const n = x * TWO_OVER_PI + TO_INTEGER - TO_INTEGER;
  const t1 = x - n * P1;
  const u2 = n * P2;
  const t2 = t1 - u2;
  const v2 = t2 - t1;
  const e2 = t1 - (t2 - v2) - (u2 + v2);
  const u3 = n * P3 - extra;
  const t3 = t2 - u3;
  const v3 = t3 - t2;
  const e3 = t2 - (t3 - v3) - (u3 + v3);
  rest[0] = t3;
  rest[1] = e2 + e3 - n * P4;
  return n;
}

/** Payne and Hanek (1983): the product with 2/π in integers, wide enough for every double. */
function reduceHuge(x: number): number {
  if (!(Math.abs(x) < Infinity)) {
    rest[0] = NaN;
    rest[1] = NaN;
    return 0;
  }
  // A double of at least 2^20 is a multiple of 2^−32.
  const a = Math.abs(x);
  const integer = a < 2 ** 64 ? BigInt(a * 2 ** 32) : BigInt(a) << 32n;
  const turns = (integer * INVERSE) >> 1056n; // quarter turns, 192 bits after the point
  const n = (turns + (1n << 191n)) >> 192n;
  const left = (turns - (n << 192n)) * HALF_PI; // 319 bits after the point
  const hi = Number(left);
  const lo = Number(left - BigInt(hi));
  const unit = x < 0 ? -(2 ** -319) : 2 ** -319;
  rest[0] = hi * unit;
  rest[1] = lo * unit;
  const quadrant = Number(n & 3n);
  return x < 0 ? -quadrant : quadrant;
}
