import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinByRegime, joinCells } from '../../../operators/correction/join_cells.js';
import { plainCells } from './toys.js';

const some = fc.array(
  fc.record({
    x: fc.integer({ min: -5, max: 5 }),
    y: fc.integer({ min: -5, max: 5 }),
    n: fc.integer({ min: 0, max: 30 }),
    keep: fc.boolean(),
  }),
  { minLength: 1, maxLength: 80 },
);
const cellsOf = (rows: readonly { x: number; y: number; n: number }[]) =>
  plainCells({
    points: rows.map(({ x, y }) => [x, y]),
    n: rows.map(({ n }) => n),
    sum: rows.map(() => 0),
    sumOfSquares: rows.map(() => 0),
    regime: rows.map(({ x }) => (x > 0 ? 1 : 0)),
  });

describe('joined cells', () => {
  it('are a partition into bins with enough events, or one bin', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 100 }), (rows, least) => {
        const keep = Uint8Array.from(rows, (row) => (row.keep ? 1 : 0));
        const { bin, bins } = joinCells(cellsOf(rows), 0, least, keep);
        const events = Array.from({ length: bins }, () => 0);
        rows.forEach((row, cell) => {
          expect(bin[cell]! >= 0).toBe(row.keep);
          if (row.keep) events[bin[cell]!]! += row.n;
        });
        expect(new Set(bin.filter((b) => b >= 0)).size).toBe(bins);
        if (bins > 1) for (const n of events) expect(n).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('are cut in half, along each variable in turn', () => {
    const rows = Array.from({ length: 16 }, (_, i) => ({ x: i % 4, y: Math.floor(i / 4), n: 10 }));
    const { bin, bins } = joinCells(cellsOf(rows), 0, 40);
    expect(bins).toBe(4);
    expect([...bin]).toEqual([0, 0, 2, 2, 0, 0, 2, 2, 1, 1, 3, 3, 1, 1, 3, 3]);
    expect(joinCells(cellsOf(rows), 0, 41).bins).toBe(2);
    expect(joinCells(cellsOf(rows), 0, 81).bins).toBe(1);
  });

  it('are the regimes, if wanted', () => {
    const rows = [-1, 1, 2, -3].map((x) => ({ x, y: 0, n: 1 }));
    expect(joinByRegime(cellsOf(rows))).toEqual({ bin: Int32Array.of(0, 1, 1, 0), bins: 2 });
    expect([...joinByRegime(cellsOf(rows), Uint8Array.of(1, 0, 1, 1)).bin]).toEqual([0, -1, 1, 0]);
  });
});
