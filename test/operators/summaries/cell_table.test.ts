import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellOf, sortCells, type CellTable } from '../../../operators/summaries/cell_table.js';

const empty = (dimensions: number): CellTable => ({
  dimensions,
  groups: 1,
  size: 0,
  codes: new Uint32Array(0),
  n: new Float64Array(0),
  table: new Int32Array(0),
});

function count(cells: CellTable, row: readonly number[]): void {
  const cell = cellOf(cells, Uint32Array.from(row));
  cells.n[cell]! += 1;
}

it('is a map from rows of codes to counts, and sorts them', () => {
  const code = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code), { maxLength: 400 }), fc.nat(400), (rows, settleAt) => {
      const cells = empty(2);
      const expected = new Map<string, number>();
      rows.forEach((row, i) => {
        if (i === settleAt) sortCells(cells);
        count(cells, row);
        expected.set(row.join(), (expected.get(row.join()) ?? 0) + 1);
      });
      sortCells(cells);
      const found = Array.from(cells.n, (n, i) => [cells.codes.subarray(2 * i, 2 * i + 2).join(), n] as const);
      expect(found.length).toBe(cells.size);
      expect(new Map(found)).toEqual(expected);
      const sorted = [...found].sort(([a], [b]) => {
        const [[a0, a1], [b0, b1]] = [a, b].map((text) => text.split(',').map(Number)) as [
          [number, number],
          [number, number],
        ];
        return a0 - b0 || a1 - b1;
      });
      expect(found).toEqual(sorted);
    }),
  );
});

it('grows to many cells', () => {
  const cells = empty(1);
  for (let i = 0; i < 50_000; i++) count(cells, [i * 1024]);
  expect(cells.size).toBe(50_000);
  expect(cellOf(cells, Uint32Array.of(1024 * 49_999))).toBe(49_999);
  expect(cells.n.subarray(0, cells.size).every((n) => n === 1)).toBe(true);
});
