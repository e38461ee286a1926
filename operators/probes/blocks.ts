import type { CorrelatedGroup, Envelope, ProbedEvents } from './types.js';

/** Rounding that a size is allowed, relative: 0.3 is not a whole multiple of 0.1 in double precision. */
export const ROUNDING = 1e-12;

/** The correlated groups, and each other feature as a group of its own: one feature is in one block. */
export function blocksOf(envelope: Envelope): CorrelatedGroup[] {
  const grouped = new Set(envelope.groups.flatMap(({ members }) => members));
  const alone = envelope.names.flatMap((_, j) => (grouped.has(j) ? [] : [j]));
  return [...alone.map((j) => ({ members: [j], cholesky: Float64Array.of(1) })), ...envelope.groups];
}

/**
 * Whether value j of event i may not move at all: σ is 0 (or NaN), the value is missing, or it is not allowed itself
 * (outside the range, not a multiple of the step), so that there is no allowed value to call near.
 */
export function isHeld(envelope: Envelope, events: ProbedEvents, j: number, i: number): boolean {
  const value = events.x[j]![i]!;
  if (!(events.sigma[j]![i]! > 0 && value >= envelope.low[j]! && value <= envelope.high[j]!)) return true;
  const step = envelope.step[j]!;
  if (step === 0) return false;
  const multiple = value / step;
  return Math.abs(multiple - Math.round(multiple)) > 1e-9 * Math.max(1, Math.abs(multiple));
}

/**
 * Lower Cholesky factor of the correlation of those members of a block that may move, k × k, row by row. A held value
 * has σ = 0, and the ellipsoid of the covariance D R D is then that of the others' own correlation: rows and columns of
 * the held one are left out (not: the slice u = 0, which would be narrower).
 */
export function factorOf({ members, cholesky }: CorrelatedGroup, moving: readonly number[]): Float64Array {
  const g = members.length;
  const k = moving.length;
  if (k === g) return cholesky;
  const factor = new Float64Array(k * k);
  for (let row = 0; row < k; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let m = 0; m <= moving[column]!; m++)
        sum += cholesky[moving[row]! * g + m]! * cholesky[moving[column]! * g + m]!;
      for (let m = 0; m < column; m++) sum -= factor[row * k + m]! * factor[column * k + m]!;
      factor[row * k + column] = row === column ? Math.sqrt(sum) : sum / factor[column * k + column]!;
    }
  }
  return factor;
}

/** A block of one event: which members move (places within the block), and the factor of their correlation. */
export interface MovingBlock {
  readonly moving: readonly number[];
  readonly factor: Float64Array;
}

/** A function that gives the moving part of a block for an event; what is held in the same way is factored once. */
export function movingBlocks(
  envelope: Envelope,
  events: ProbedEvents,
  block: CorrelatedGroup,
): (i: number) => MovingBlock {
  const known = new Map<string, MovingBlock>();
  const whole: MovingBlock = { moving: block.members.map((_, m) => m), factor: block.cholesky };
  return (i) => {
    if (!block.members.some((j) => isHeld(envelope, events, j, i))) return whole;
    const moving = whole.moving.filter((m) => !isHeld(envelope, events, block.members[m]!, i));
    const pattern = moving.join();
    const seen = known.get(pattern);
    if (seen !== undefined) return seen;
    const part = { moving, factor: factorOf(block, moving) };
    known.set(pattern, part);
    return part;
  };
}

/** √(uᵀ R⁻¹ u) for the factor L of R = L Lᵀ: the length of v in L v = u, which is written to `v`. */
export function lengthOf(factor: Float64Array, u: Float64Array, k: number, v: Float64Array): number {
  if (k === 1) return Math.abs((v[0] = u[0]! / factor[0]!));
  let square = 0;
  for (let row = 0; row < k; row++) {
    let sum = u[row]!;
    for (let m = 0; m < row; m++) sum -= factor[row * k + m]! * v[m]!;
    sum /= factor[row * k + row]!;
    v[row] = sum;
    square += sum * sum;
  }
  return Math.sqrt(square);
}
