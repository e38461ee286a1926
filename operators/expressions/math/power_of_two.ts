const LOWEST = -1074;
const HIGHEST = 1023;

/** 2^k at index k + 1074, for k from −1074 (the least subnormal) to 1023. A table: the same on every byte order. */
const POWERS = new Float64Array(HIGHEST - LOWEST + 1);
{
  let power = 1;
  for (let k = 0; k <= HIGHEST; k++, power *= 2) POWERS[k - LOWEST] = power;
  power = 0.5;
  for (let k = -1; k >= LOWEST; k--, power /= 2) POWERS[k - LOWEST] = power;
}

/** 2^k, exact; k an integer from −1074 to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k - LOWEST]!;
}

/**
 * y · 2^k for a normal y near 1 and an integer k from −1400 to 1500, rounded once: to infinity above the range of
 * doubles, to subnormals and 0 below it. Two factors, because 2^k itself may be out of range.
 */
export function scale(y: number, k: number): number {
  const half = k >> 1;
  return y * POWERS[half - LOWEST]! * POWERS[(k | 0) - half - LOWEST]!;
}
