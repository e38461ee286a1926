import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledFiller, type BookFiller } from '../../operators/compiled/book_filler.js';
import { fillOf } from '../../operators/compiled/fills/index.js';
import type { Entry } from '../../operators/summaries/book.js';
import { decodeState, encodeState } from '../../operators/summaries/codec.js';
import type { Bins } from '../../operators/summaries/histogram.js';
import { summaries, type SummaryName } from '../../operators/summaries/index.js';
import type { Rows, Summary } from '../../operators/summaries/summary.js';
import { rowsOf, type Table } from '../operators/summaries/rows.js';

interface Config {
  readonly weighted?: boolean;
  readonly groups?: number;
}

/** What the laws need to know of a summary: its configurations and what may stand in its columns. */
interface Case {
  readonly config: fc.Arbitrary<Config>;
  readonly value: fc.Arbitrary<number>;
  /** Where columns differ: what stands in each. */
  readonly columns?: (config: never) => fc.Arbitrary<number>[];
}

const special = fc.constantFrom(0, -0, 5e-324, -5e-324, 2.2250738585072014e-308, 1e-12, 0.1, -1, 1, 2, 1000, -1000);
const within = (bound: number): fc.Arbitrary<number> =>
  fc.oneof(special, fc.double({ min: -bound, max: bound, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }));
const huge = fc.constantFrom(1e300, -1e300, Number.MAX_VALUE, 2 ** 31, -(2 ** 53));
const edge = fc.integer({ min: -12, max: 12 }).map((i) => i / 4);
const unknown = fc.constantFrom(NaN, Infinity, -Infinity);

const bins = fc.constantFrom<Bins>([4, -1, 1], [10, -2.5, 2.5], [7, 0, 3], [1, -1000, 1000]);
const groups = fc.integer({ min: 1, max: 4 });
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const hats = fc.record({ size: fc.integer({ min: 1, max: 6 }), terms: fc.integer({ min: 1, max: 4 }), groups });
const weighted = fc.boolean();

/** Columns of a sparse row: indices below the size, values in [0, 1], and a last one. */
const sparse =
  (last: fc.Arbitrary<number>) =>
  ({ size, terms }: { size: number; terms: number }): fc.Arbitrary<number>[] => [
    ...Array.from({ length: terms }, () => fc.integer({ min: 0, max: size - 1 })),
    ...Array.from({ length: terms }, () => fc.oneof(fc.constantFrom(0, 1, 0.5, 1 / 3), unit)),
    last,
  ];

const cases: Record<SummaryName, Case> = {
  count: { config: fc.record({ groups, weighted }), value: fc.constant(0) },
  histogram: {
    config: fc.record({ bins, groups, weighted }),
    value: fc.oneof(within(1e6), edge, huge, unknown),
  },
  moments: {
    config: fc.record({ groups, weighted, wide: fc.boolean() }),
    value: within(2 ** 20),
  },
  grid: {
    config: fc.record({ x: bins, y: bins, weighted, response: fc.boolean() }),
    value: fc.oneof(within(1000), edge),
  },
  zoom: {
    config: fc
      .record({ bins, groups, weighted, parts: fc.constantFrom(1, 3, 16), chosen: fc.infiniteStream(weighted) })
      .map(({ chosen, ...config }) => {
        let next = 0;
        const stride = config.bins[0] + 3;
        const zoomed = Int32Array.from({ length: stride * config.groups }, () => (chosen.next().value ? next++ : -1));
        return { ...config, zoomed };
      }),
    value: fc.oneof(within(1000), edge, huge, unknown),
  },
  context_cells: {
    config: fc.record({
      dimensions: fc.integer({ min: 1, max: 3 }),
      groups,
      maxCells: fc.integer({ min: 8, max: 40 }),
    }),
    value: fc.oneof(within(1000), edge, huge),
  },
  distinct: {
    // Of 60 events some have more than 20 values.
    config: fc.constantFrom(20, 1000).map((most) => ({ most }) as Config),
    value: fc.oneof(within(1000), edge),
  },
  hat_products: { config: hats, value: unit, columns: sparse(fc.oneof(fc.constantFrom(0, 1, 1e-9), unit)) },
  hat_sums: { config: hats, value: unit, columns: sparse(within(1000)) },
  response_cells: {
    config: fc.record({
      dimensions: fc.integer({ min: 1, max: 3 }),
      groups,
      maxCells: fc.integer({ min: 8, max: 40 }),
    }),
    value: within(1000),
    columns: ({ dimensions }: { dimensions: number }) => [
      ...Array.from({ length: dimensions }, () => fc.oneof(within(1000), edge, huge)),
      within(1000),
    ],
  },
  fooling: {
    config: fc.record({ groups }),
    value: fc.oneof(edge, unknown),
    columns: () => [...[0, 1, 2].map(() => fc.oneof(edge, unknown)), fc.constantFrom(0, 1)],
  },
  worst: {
    // Few different pulls and keys, so that many are equal.
    config: fc.record({ most: fc.integer({ min: 1, max: 8 }), values: fc.nat(2) }) as fc.Arbitrary<Config>,
    value: edge,
    columns: ({ values }: { values: number }) => [
      fc.oneof(edge, fc.constantFrom(0, -0), unknown),
      fc.nat(1),
      fc.nat(2),
      ...Array.from({ length: values }, () => fc.oneof(edge, fc.constantFrom(0, -0), unknown)),
    ],
  },
};

const weight = fc.oneof(
  fc.constantFrom(1, -1, 0, 1e-12, -1e6),
  fc
    .tuple(fc.constantFrom(-1, 1), fc.double({ min: -12, max: 6, noNaN: true }))
    .map(([sign, scale]) => sign * 10 ** scale),
);

/** A summary with its configuration and rows to fill it with. */
interface Example {
  readonly config: unknown;
  readonly table: Table;
  readonly length: number;
}

function examples(name: SummaryName): fc.Arbitrary<Example> {
  const { config, value, columns } = cases[name];
  return fc.tuple(config, fc.integer({ min: 0, max: 60 }), fc.boolean()).chain(([config, length, noGroup]) => {
    const column = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(of, { minLength: length, maxLength: length });
    const count = config.groups ?? 1;
    const width = summaryOf(name).columns(config);
    return fc
      .record({
        columns: columns
          ? fc.tuple(...columns(config as never).map(column))
          : fc.array(column(value), { minLength: width, maxLength: width }),
        group: count === 1 && noGroup ? fc.constant(undefined) : column(fc.integer({ min: 0, max: count - 1 })),
        weight: config.weighted ? column(weight) : fc.constant(undefined),
      })
      .map((table) => ({ config, table, length }));
  });
}

const summaryOf = (name: SummaryName): Summary<unknown, unknown> =>
  summaries[name] as unknown as Summary<unknown, unknown>;

function bytes(summary: Summary<unknown, unknown>, state: unknown): string {
  summary.settle(state);
  return Buffer.from(encodeState(state)).toString('hex');
}

function fill(
  summary: Summary<unknown, unknown>,
  { config, table, length }: Example,
  index = range(0, length),
): unknown {
  const state = summary.create(config);
  summary.fill(state, rows(table, index));
  return state;
}

/** Columns may be longer than the batch. */
function rows(table: Table, index: readonly number[]): Rows {
  const made = rowsOf(table, index);
  return { ...made, columns: made.columns.map((x) => Float64Array.of(...x, NaN)) };
}

/** A summary that is filled by a compiled program, its table emptied into the state after each batch. */
function compiledSummary(name: SummaryName): Summary<unknown, unknown> {
  const summary = summaryOf(name);
  const fillers = new WeakMap<object, BookFiller>();
  // All states of an example have one configuration.
  let config: unknown;
  return {
    ...summary,
    create(of) {
      config = of;
      return summary.create(of);
    },
    fill(state, { length, columns, group, weight }) {
      const names = columns.map((_, i) => `column ${i}`);
      const known = fillers.get(state as object);
      const entry: Entry = {
        ...{ key: name, summary: name, config, columns: names },
        ...{ group: group && 'group', weighted: weight !== null },
      };
      const filler = known ?? compiledFiller({ [name]: { summary: name, state } }, [entry]);
      fillers.set(state as object, filler);
      const groups = new Map(group ? [['group', group]] : []);
      const given = { length, columns: new Map(columns.map((x, i) => [names[i]!, x])), groups, weight: null };
      const rows = { ...given, weight: weight && weight.w };
      filler.fill({ given: rows, made: () => rows });
      filler.end();
    },
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

it('has a case for every summary of the registry, under its own name', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(summaries).sort());
  for (const [key, { name }] of Object.entries(summaries)) expect(name).toBe(key);
});

const named = Object.keys(summaries) as SummaryName[];
const suites = [
  ...named.map((name) => ({ name, by: 'its own loop', summary: summaryOf(name), numRuns: 200 })),
  ...named
    .filter((name) => fillOf(name) !== undefined)
    .map((name) => ({ name, by: 'a compiled program', summary: compiledSummary(name), numRuns: 40 })),
];

describe.each(suites)('$name, filled by $by,', ({ name, summary, numRuns }) => {
  const example = examples(name);
  const cut = fc.tuple(example, fc.nat(60), fc.nat(60)).map(([e, a, b]) => {
    const [first, second] = [a % (e.length + 1), b % (e.length + 1)].sort((one, other) => one - other) as [
      number,
      number,
    ];
    return [e, range(0, first), range(first, second), range(second, e.length)] as const;
  });

  it('gives the same bits for any partition over batches and states, merged in any order and tree', () => {
    const plan = fc.record({
      example,
      states: fc.integer({ min: 1, max: 5 }),
      where: fc.infiniteStream(fc.nat(4)),
      order: fc.infiniteStream(fc.nat(1000)),
      batch: fc.infiniteStream(fc.nat(7)),
      settles: fc.infiniteStream(fc.boolean()),
    });
    const next = (stream: fc.Stream<number>): number => (stream.next() as IteratorYieldResult<number>).value;
    fc.assert(
      fc.property(plan, ({ example, states, where, order, batch, settles }) => {
        const parts: number[][] = Array.from({ length: states }, () => []);
        for (let i = 0; i < example.length; i++) {
          const part = parts[next(where) % states]!;
          part.splice(next(order) % (part.length + 1), 0, i);
        }
        const left = parts.map((part) => {
          const state = summary.create(example.config);
          for (let from = 0; from < part.length;) {
            const size = next(batch);
            summary.fill(state, rows(example.table, part.slice(from, from + size)));
            from += size;
            if (settles.next().value) summary.settle(state);
          }
          return state;
        });
        while (left.length > 1) {
          const [from] = left.splice(next(order) % left.length, 1);
          summary.merge(left[next(order) % left.length], from);
        }
        expect(bytes(summary, left[0])).toBe(bytes(summary, fill(summaryOf(name), example)));
      }),
      { numRuns },
    );
  });

  it('has a neutral empty state', () => {
    fc.assert(
      fc.property(example, (example) => {
        const alone = bytes(summary, fill(summary, example));
        const into = summary.create(example.config);
        summary.merge(into, fill(summary, example));
        expect(bytes(summary, into)).toBe(alone);
        const from = fill(summary, example);
        summary.merge(from, summary.create(example.config));
        expect(bytes(summary, from)).toBe(alone);
      }),
      { numRuns: numRuns / 2 },
    );
  });

  it('merges commutatively and associatively', () => {
    const merged = (into: unknown, from: unknown): unknown => {
      summary.merge(into, from);
      return into;
    };
    fc.assert(
      fc.property(cut, ([example, ...parts]) => {
        const [a, b, c] = parts.map((part) => () => fill(summary, example, part)) as [
          () => unknown,
          () => unknown,
          () => unknown,
        ];
        const left = bytes(summary, merged(merged(a(), b()), c()));
        expect(bytes(summary, merged(a(), merged(b(), c())))).toBe(left);
        expect(bytes(summary, merged(merged(c(), b()), a()))).toBe(left);
      }),
      { numRuns: numRuns / 2 },
    );
  });

  it('is plain data: a clone and a stored copy have the same bits and go on being filled', () => {
    fc.assert(
      fc.property(cut, ([example, first, second, third]) => {
        const state = fill(summary, example, first);
        const copies = [structuredClone(state), decodeState(encodeState(state))];
        for (const copy of copies) expect(encodeState(copy)).toEqual(encodeState(state));
        for (const each of [state, ...copies]) {
          summary.fill(each, rows(example.table, second));
          summary.merge(each, decodeState(encodeState(fill(summary, example, third))));
        }
        const whole = bytes(summary, fill(summary, example));
        for (const each of [state, ...copies]) expect(bytes(summary, each)).toBe(whole);
      }),
      { numRuns: numRuns / 2 },
    );
  });

  it('settles once and for all, and without changing what it means', () => {
    fc.assert(
      fc.property(cut, ([example, first, second, third]) => {
        const state = fill(summary, example, first);
        const settled = bytes(summary, state);
        expect(bytes(summary, state)).toBe(settled);
        summary.fill(state, rows(example.table, [...second, ...third]));
        expect(bytes(summary, state)).toBe(bytes(summary, fill(summary, example)));
      }),
      { numRuns: numRuns / 2 },
    );
  });

  it('refuses to merge a state of another configuration', () => {
    const [small, large] = [{ groups: 1 }, { groups: 2 }].map(({ groups }) => ({
      groups,
      dimensions: 1,
      maxCells: 8,
      size: 3,
      terms: 1,
      most: groups,
      values: 1,
      weighted: false,
      wide: false,
      bins: [groups, 0, 1],
      x: [groups, 0, 1],
      y: [1, 0, 1],
      parts: 2,
      zoomed: Int32Array.from({ length: groups }, (_, i) => i),
    }));
    expect(() => {
      summary.merge(summary.create(small), summary.create(large));
    }).toThrow('different configurations');
  });
});
