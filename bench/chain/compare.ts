import { NUMBERS_OF, type Filled } from './result.js';

export type Precision = 'f32' | 'f64';

export interface Comparison {
  /** Events in another bin than the reference has them in, at least so many, of the table where they are most. */
  readonly moved: number;
  /** Largest |difference of a total| / total of the absolute terms. */
  readonly sumsDiffer: number;
  /** What is wrong beyond rounding. */
  readonly wrong: string | null;
}

type Table = keyof Filled['counts'];
type Sum = keyof Filled['sums'];

/**
 * What rounding may do. Doubles: the functions of two libraries differ in the last bit or two, so that one event in a
 * million may cross an edge. Singles: a mass is known to some 1e-6 of itself, and δ is filled in bins 5e-3 wide; where
 * cosh Δη − cos Δφ cancels, for boosted pairs, δ is off by some 1e-5 of 1, however small it is (`each`).
 */
const ALLOWED = {
  f64: { few: 0, share: 1e-6, sum: 1e-9, each: 1e-13 },
  f32: { few: 3, share: 2e-4, sum: 1e-4, each: 5e-5 },
} as const;

/** The table whose slots a sum shares, and the sum of its terms' sizes by slot: |Σδ| and Σδ² are at most that. */
const SUMS: Readonly<Record<Sum, { table: Table; size: (reference: Filled, slot: number) => number }>> = {
  gridDelta: { table: 'grid', size: ({ sums }, slot) => sums.gridAbsolute[slot]! },
  gridAbsolute: { table: 'grid', size: ({ sums }, slot) => sums.gridAbsolute[slot]! },
  // Cauchy–Schwarz: Σ|δ| ≤ √(n Σδ²).
  regimeDelta: {
    table: 'regime',
    size: ({ counts, sums }, slot) => Math.sqrt(counts.regime[slot]! * sums.regimeSquare[slot]!),
  },
  regimeSquare: { table: 'regime', size: ({ sums }, slot) => sums.regimeSquare[slot]! },
};

/** A peer's tables beside those of the reference, for the same events. |δ| of an event counts at most 1 here. */
export function compare(reference: Filled, found: Filled, events: number, precision: Precision): Comparison {
  const allowed = ALLOWED[precision];
  const mistakes: string[] = [];
  const moved = new Map<Table, number>();
  for (const table of Object.keys(NUMBERS_OF.counts) as Table[]) {
    const n = found.counts[table];
    const total = Array.from(n).reduce((sum, each) => sum + each, 0);
    if (n.length !== NUMBERS_OF.counts[table]) {
      mistakes.push(`${table} has ${n.length} slots instead of ${NUMBERS_OF.counts[table]}`);
    } else if (total !== events) mistakes.push(`${table} holds ${total} events instead of ${events}`);
    const crossed = crossing(reference.counts[table], n);
    moved.set(table, crossed);
    const most = allowed.few + Math.floor(allowed.share * events);
    if (!(crossed <= most)) mistakes.push(`${table}: ${crossed} events in another bin, rounding moves ${most} at most`);
  }
  let sumsDiffer = 0;
  for (const [name, { table, size }] of Object.entries(SUMS) as [Sum, (typeof SUMS)[Sum]][]) {
    const [expected, sum] = [reference.sums[name], found.sums[name]];
    if (sum.length !== expected.length) {
      mistakes.push(`${name} has ${sum.length} slots instead of ${expected.length}`);
      continue;
    }
    let [difference, sizes] = [0, 0];
    for (let slot = 0; slot < expected.length; slot++) {
      const off = sum[slot]! - expected[slot]!;
      const most =
        allowed.sum * size(reference, slot) + allowed.each * reference.counts[table][slot]! + moved.get(table)!;
      difference += off;
      sizes += size(reference, slot);
      if (Math.abs(off) <= most) continue;
      mistakes.push(`${name}: ${sum[slot]} instead of ${expected[slot]} in slot ${slot}`);
      break;
    }
    sumsDiffer = Math.max(sumsDiffer, Math.abs(difference) / sizes);
    // Rounding of many events is as often up as down.
    if (!(Math.abs(difference) <= allowed.sum * sizes + allowed.each * Math.sqrt(events))) {
      mistakes.push(`${name}: the total differs by ${(difference / sizes).toExponential(1)} of its terms`);
    }
  }
  return { moved: Math.max(...moved.values()), sumsDiffer, wrong: mistakes[0] ?? null };
}

/** Half of what the slots differ by: each event that moved is missing in one and too many in another. */
function crossing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let differences = 0;
  for (let slot = 0; slot < a.length; slot++) differences += Math.abs(a[slot]! - (b[slot] ?? NaN));
  return Math.ceil(differences / 2);
}
