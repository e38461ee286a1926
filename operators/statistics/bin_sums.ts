/**
 * A binned sample: Σw by bin with variance Σw². `w2` null: counts, each its own variance.
 * Where an axis matters, bin 0 is the underflow and the last the overflow.
 */
export interface BinSums {
  readonly w: ArrayLike<number>;
  readonly w2: ArrayLike<number> | null;
}

export const squaresOf = ({ w, w2 }: BinSums): ArrayLike<number> => w2 ?? w;

export function total(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  return sum;
}

/** (Σw)² / Σw² of all bins (L. Kish, 1965); empty 0. */
export function effectiveEvents(bins: BinSums): number {
  const squares = total(squaresOf(bins));
  const sum = total(bins.w);
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Sums of the bins [starts[g], starts[g + 1]), the last group to the end. */
export function regrouped(x: ArrayLike<number>, starts: readonly number[]): Float64Array {
  const sums = new Float64Array(starts.length);
  for (let g = 0; g < starts.length; g++) {
    const end = starts[g + 1] ?? x.length;
    for (let i = starts[g]!; i < end; i++) sums[g]! += x[i]!;
  }
  return sums;
}

/**
 * Where the joined bins start: from the left, neighbours are joined until both samples have Σw > 0 and at least
 * `least` effective events in the group; what is left over at the end joins the last group.
 */
export function joinedStarts(a: BinSums, b: BinSums, least: number): number[] {
  const starts: number[] = [];
  let [start, wa, va, wb, vb] = [0, 0, 0, 0, 0];
  const [a2, b2] = [squaresOf(a), squaresOf(b)];
  const filled = (w: number, v: number): boolean => w > 0 && w * w >= least * v;
  for (let i = 0; i < a.w.length; i++) {
    wa += a.w[i]!;
    va += a2[i]!;
    wb += b.w[i]!;
    vb += b2[i]!;
    if (!filled(wa, va) || !filled(wb, vb)) continue;
    starts.push(start);
    start = i + 1;
    [wa, va, wb, vb] = [0, 0, 0, 0];
  }
  return starts.length > 0 ? starts : [0];
}
