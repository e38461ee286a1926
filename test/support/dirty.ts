import fc from 'fast-check';
import { reordered, type Table } from './files.js';

/** Columns of base.yaml. */
export const NAMES = ['event', 'gen_pt1', 'gen_pt2', 'gen_eta1', 'gen_eta2', 'reco_pt1', 'w'] as const;

const bad = fc.constantFrom(NaN, Infinity, -Infinity, -1, 1e6, 1e30, 0);
const around = (low: number, high: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.double({ min: low, max: high, noNaN: true }).map(Math.fround) },
    { weight: 1, arbitrary: bad.map(Math.fround) },
  );

/** A sample for base.yaml with all that can be wrong with single events, and repeated event numbers. */
export const dirtyTable = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 0, max: 80 }) }, { weight: 1, arbitrary: fc.constant(NaN) }),
      around(1, 990),
      around(1, 990),
      around(-4.9, 4.9),
      around(-4.9, 4.9),
      around(1, 990),
      around(-2, 4),
    ),
    { maxLength: 80 },
  )
  .map((events) => {
    // Some events that are right, so that there is something to report.
    const right = Array.from({ length: 40 }, (_, i) => [1000 + i, 20 + i, 30, i / 20, -1, 21 + i, 1]);
    const all = [...events, ...right];
    return Object.fromEntries(NAMES.map((name, c) => [name, all.map((event) => event[c]!)]));
  });

/** A table with its rows in an order given by a seed. */
export function shuffled(table: Table, seed: number): Table {
  const n = table.event!.length;
  const order = Array.from({ length: n }, (_, i) => i);
  let state = seed | 1;
  for (let i = n - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return reordered(table, order);
}

/** What base.yaml does with each event, one at a time: the reason it is rejected for, or undefined. */
export function verdictOf(table: Table, i: number): string | undefined {
  const x = (name: (typeof NAMES)[number]): number => table[name]![i]!;
  const range = (name: (typeof NAMES)[number], low: number, high: number, unit = ''): string | undefined => {
    if (!Number.isFinite(x(name))) return `${name}: not a finite number`;
    return x(name) < low || x(name) > high ? `${name}: outside [${low}, ${high}]${unit}` : undefined;
  };
  const anything = (name: (typeof NAMES)[number]): string | undefined =>
    Number.isFinite(x(name)) ? undefined : `${name}: not a finite number`;
  const truth = x('gen_pt1') + x('gen_pt2');
  const delta = (x('reco_pt1') + x('gen_pt2') - truth) / truth;
  const ofDelta = (): string | undefined => {
    if (!Number.isFinite(delta)) return 'delta: not a finite number';
    return Math.abs(delta) > 1000 ? 'delta: beyond ±1000' : undefined;
  };
  return (
    anything('event') ??
    range('gen_pt1', 0, 1000, ' GeV') ??
    range('gen_pt2', 0, 1000, ' GeV') ??
    range('gen_eta1', -5, 5) ??
    range('gen_eta2', -5, 5) ??
    anything('reco_pt1') ??
    anything('w') ??
    (Math.abs(x('w')) > 2 ** 40 ? 'weight: beyond ±1099511627776' : undefined) ??
    ofDelta()
  );
}

/** The counts that a replay must give. */
export function countsOf(table: Table): {
  read: number;
  used: number;
  rejected: Record<string, number>;
  late: number;
  duplicate: number;
} {
  const rejected: Record<string, number> = {};
  const seen = new Set<number>();
  let duplicate = 0;
  table.event!.forEach((event, i) => {
    const why = verdictOf(table, i);
    if (why !== undefined) rejected[why] = (rejected[why] ?? 0) + 1;
    else if (seen.has(event)) duplicate++;
    else seen.add(event);
  });
  return { read: table.event!.length, used: seen.size, rejected, late: 0, duplicate };
}
