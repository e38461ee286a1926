import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiledFiller, fillerWhenWorthIt, plainFiller } from '../../../operators/compiled/book_filler.js';
import { Problem } from '../../../operators/problem.js';
import { openBook, settleBook, type BookRows, type Entry } from '../../../operators/summaries/book.js';
import { encodeState } from '../../../operators/summaries/codec.js';
import { slotsOf, type Bins } from '../../../operators/summaries/histogram.js';

const GROUPS = 3;
const BINS: Bins[] = [
  [7, -1, 1],
  [12, 0, 0.3],
  [20, -5, 4000],
];

const binned = fc.constantFrom(...BINS);
const entryOf = (
  key: string,
  summary: Entry['summary'],
  config: object,
  columns: string[],
  group: string | null,
  weighted: boolean,
): Entry => ({ key, summary, config: { ...config, weighted }, columns, group, weighted });

/** Entries of all kinds, with and without groups and weights. */
const entries = fc
  .record({
    bins: binned,
    other: binned,
    grouped: fc.boolean(),
    weighted: fc.boolean(),
    wide: fc.boolean(),
    zoom: fc.nat(),
  })
  .map(({ bins, other, grouped, weighted, wide, zoom }): Entry[] => {
    const groups = grouped ? GROUPS : 1;
    const group = grouped ? 'g' : null;
    const zoomed = new Int32Array(groups * slotsOf(bins)).fill(-1);
    for (let z = 0; z < 3; z++) zoomed[((zoom + 5 * z) % groups) * slotsOf(bins) + 1 + ((zoom + z) % bins[0])] = z;
    return [
      entryOf('count', 'count', { groups }, [], group, weighted),
      entryOf('histogram', 'histogram', { bins, groups }, ['any'], group, weighted),
      entryOf('zoom', 'zoom', { bins, groups, parts: 9, zoomed }, ['any'], group, weighted),
      entryOf('moments', 'moments', { groups, wide }, ['x'], group, weighted),
      entryOf('counted', 'moments', { groups, wide }, ['x'], group, false),
      entryOf('plane', 'grid', { x: bins, y: other, response: true }, ['x', 'y', 'x'], null, weighted),
      entryOf('cells', 'grid', { x: other, y: bins, response: false }, ['any', 'y'], null, weighted),
      entryOf('distinct', 'context_cells', { dimensions: 1, groups: 1, maxCells: 8 }, ['y'], null, false),
    ];
  });

const hostile = fc.oneof(
  fc.double({ min: -1.5, max: 1.5, noNaN: true }),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.3,
    1 / 7,
    5e-324,
    -1e-310,
    4000,
    -5,
    0.5,
    2 ** -33,
    -(2 ** -65),
    33554432,
    -12345.678,
  ),
);
const value = fc.oneof(hostile, fc.constantFrom(NaN, Infinity, -Infinity, 1e300), fc.double());
const weight = fc.oneof(
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, -0, 1, 1e-12, -1e-12, 2 ** 31, -(2 ** 20), Math.fround(0.1)),
);
const batch = fc.nat({ max: 9 }).chain((n) =>
  fc.record({
    any: fc.array(value, { minLength: n, maxLength: n }),
    x: fc.array(hostile, { minLength: n, maxLength: n }),
    y: fc.array(hostile, { minLength: n, maxLength: n }),
    w: fc.array(weight, { minLength: n, maxLength: n }),
    g: fc.array(fc.nat({ max: GROUPS - 1 }), { minLength: n, maxLength: n }),
  }),
);
const rowsOf = ({ any, x, y, w, g }: Record<'any' | 'x' | 'y' | 'w' | 'g', number[]>): BookRows => ({
  length: x.length,
  columns: new Map(Object.entries({ any, x, y }).map(([name, column]) => [name, Float64Array.from(column)])),
  groups: new Map([['g', Uint16Array.from(g)]]),
  weight: Float64Array.from(w),
});

function filled(make: typeof plainFiller, of: readonly Entry[], batches: readonly BookRows[]): string {
  const book = openBook(of);
  const { fill, end } = make(book, of);
  for (const rows of batches) fill({ given: rows, made: () => rows });
  end();
  settleBook(book);
  return Buffer.from(encodeState(book)).toString('latin1');
}

/** The bytes of the book, or what was refused. */
function outcome(...args: Parameters<typeof filled>): unknown {
  try {
    return filled(...args);
  } catch (error) {
    return error;
  }
}

describe('compiledFiller', () => {
  it('leaves the bits that the summaries’ own loops leave, whatever the values', () => {
    fc.assert(
      fc.property(entries, fc.array(batch, { maxLength: 4 }), (of, batches) => {
        const rows = batches.map(rowsOf);
        expect(outcome(compiledFiller, of, rows)).toEqual(outcome(plainFiller, of, rows));
      }),
      { numRuns: 200 },
    );
  });

  it('gives what it has to the states before sums could overflow', () => {
    const length = 2 ** 19 + 3;
    const x = Float64Array.from({ length }, (_, i) => (i % 1001) / 7 - 50.1);
    const rows: BookRows = { length, columns: new Map([['x', x]]), groups: new Map(), weight: x };
    const of = [
      entryOf('weighted', 'moments', { groups: 1, wide: false }, ['x'], null, true),
      entryOf('counted', 'moments', { groups: 1, wide: false }, ['x'], null, false),
    ];
    const shorter = { ...rows, length: 400_001 };
    const batches = [shorter, shorter, rows, shorter, rows, rows, shorter];
    expect(filled(compiledFiller, of, batches)).toEqual(filled(plainFiller, of, batches));
  });

  it('refuses what the summaries refuse, in their words', () => {
    const of = [entryOf('wide', 'moments', { groups: 1, wide: true }, ['x'], null, false)];
    const rows: BookRows = {
      ...{ length: 3, columns: new Map([['x', Float64Array.of(1, 1e15, 2)]]), groups: new Map(), weight: null },
    };
    expect(outcome(plainFiller, of, [rows])).toBeInstanceOf(Problem);
    expect(outcome(compiledFiller, of, [rows])).toEqual(outcome(plainFiller, of, [rows]));
  });
});

describe('fillerWhenWorthIt', () => {
  it('goes over to the compiled fills and leaves the same bits', () => {
    const length = 30_001;
    const x = Float64Array.from({ length }, (_, i) => Math.sqrt(i) / 100 - 0.8);
    const rows: BookRows = {
      ...{ length, columns: new Map(['any', 'x', 'y'].map((name) => [name, x])) },
      ...{ groups: new Map([['g', Uint16Array.from({ length }, (_, i) => i % GROUPS)]]), weight: x },
    };
    const [of] = fc.sample(entries, { seed: 1, numRuns: 1 });
    const batches = Array<BookRows>(5).fill(rows);
    expect(filled(fillerWhenWorthIt, of!, batches)).toEqual(filled(plainFiller, of!, batches));
  });
});
