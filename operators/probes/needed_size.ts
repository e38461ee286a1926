import { wrongPipeline } from '../problem.js';

export interface NeededSize {
  readonly regime: number | 'all';
  readonly fraction: number;
  /** null: not reached by the largest size that was tried. */
  readonly size: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly tried: number;
}

/**
 * The smallest of the tried sizes at which each event is fooled; Infinity: at none. What fools at one size is allowed
 * at every larger one, so an attack that misses it there has searched badly, and the event still counts.
 * fooledAt[k][i] is 1 if event i is fooled at sizes[k]; the sizes may come in any order.
 */
export function smallestSizes(sizes: readonly number[], fooledAt: readonly Uint8Array[]): Float64Array {
  const smallest = new Float64Array(fooledAt[0]?.length ?? 0).fill(Infinity);
  for (const [k, fooled] of fooledAt.entries()) {
    const size = sizes[k]!;
    for (let i = 0; i < smallest.length; i++) if (fooled[i] === 1 && size < smallest[i]!) smallest[i] = size;
  }
  return smallest;
}

/**
 * The smallest size that fools so large a fraction of the events, per regime (0 to regimes - 1) and of all.
 *
 * `smallest[i]` is the size that event i needs, Infinity if none was found; a NaN event is not counted. F(s), the share
 * that needs s or less, is linear between the sizes of `tried` (the ladder) from (0, 0), or, if `tried` is only the
 * largest size, between the sizes that occur. size: where F first reaches p. [low, high]: where F is p ∓ √(p (1 − p) / n),
 * which are the sizes whose share has p inside its Wilson interval (68 %; E. B. Wilson, 1927); low is 0 if no fooled
 * event is needed for that, high is null if F stays below. n = 0 gives null.
 */
export function neededSizes(
  smallest: Float64Array,
  regime: Uint8Array | Int32Array,
  regimes: number,
  fractions: readonly number[],
  tried: number | readonly number[],
): NeededSize[] {
  const ladder = typeof tried === 'number' ? undefined : [...tried].sort((a, b) => a - b);
  const largest = typeof tried === 'number' ? tried : Math.max(0, ...tried);
  for (const p of fractions) {
    if (!(p > 0 && p <= 1)) throw wrongPipeline(`fraction ${p} of fooled events: expected above 0 and at most 1`);
  }
  return [...Array.from({ length: regimes }, (_, id) => id), 'all' as const].flatMap((id) => {
    const sizes = smallest.filter((size, i) => !Number.isNaN(size) && (id === 'all' || regime[i] === id)).sort();
    const curve = fooledCurve(sizes, ladder, largest);
    return fractions.map((fraction) => {
      const error = Math.sqrt((fraction * (1 - fraction)) / sizes.length);
      const at = (share: number): number | null => (sizes.length === 0 ? null : sizeAt(curve, share));
      const [size, low, high] = [at(fraction), at(fraction - error), at(fraction + error)];
      return { regime: id, fraction, size, low, high, tried: largest };
    });
  });
}

interface Curve {
  readonly size: number[];
  readonly share: number[];
}

/** F at (0, 0), at 0 if some need nothing, and at the sizes of the ladder; `sorted` ascends. */
function fooledCurve(sorted: Float64Array, ladder: readonly number[] | undefined, largest: number): Curve {
  const knots = ladder ?? new Set(sorted.filter((size) => size <= largest));
  const curve: Curve = { size: [0], share: [0] };
  let k = 0;
  for (const size of [0, ...knots]) {
    while (k < sorted.length && sorted[k]! <= size) k++;
    curve.size.push(size);
    curve.share.push(k / sorted.length);
  }
  return curve;
}

function sizeAt({ size, share }: Curve, wanted: number): number | null {
  if (wanted <= 0) return 0;
  const k = share.findIndex((reached) => reached >= wanted);
  if (k < 0) return null;
  return size[k - 1]! + ((size[k]! - size[k - 1]!) * (wanted - share[k - 1]!)) / (share[k]! - share[k - 1]!);
}
