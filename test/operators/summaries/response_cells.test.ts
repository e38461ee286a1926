import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextCells } from '../../../operators/summaries/context_cells.js';
import { cellRows, responseCells } from '../../../operators/summaries/response_cells.js';
import { filled, rowsOf } from './rows.js';

const finite = fc.oneof(
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1),
);
const rows = fc.array(
  fc.tuple(finite, finite, fc.double({ min: -1000, max: 1000, noNaN: true }), fc.integer({ min: 0, max: 2 })),
  { maxLength: 120 },
);

describe('response cells', () => {
  it('have the cells and counts of context cells', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 4, max: 60 }), (events, maxCells) => {
        const config = { dimensions: 2, groups: 3, maxCells };
        const columns = [0, 1, 2].map((d) => events.map((event) => event[d]!));
        const group = events.map((event) => event[3]);
        const { sums, ...cells } = filled(responseCells, config, { columns, group });
        expect(cells).toEqual(filled(contextCells, config, { columns: columns.slice(0, 2), group }));
        expect(sums.limbs).toHaveLength(6 * cells.n.length);
      }),
      { numRuns: 300 },
    );
  });

  it('hold every y and y² exactly, however coarse the cells', () => {
    // Quarters and their squares are exact in any order.
    const quarter = fc.integer({ min: -4000, max: 4000 }).map((i) => i / 4);
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, quarter), { maxLength: 200 }), (events) => {
        const config = { dimensions: 1, groups: 1, maxCells: 5 };
        const columns = [events.map(([x]) => x), events.map(([, y]) => y)];
        const { n, sum, sumOfSquares, cells } = cellRows(filled(responseCells, config, { columns }));
        const total = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
        expect(cells).toBeLessThanOrEqual(5);
        expect(total(n)).toBe(events.length);
        expect(total(sum)).toBe(total(columns[1]!));
        expect(total(sumOfSquares)).toBe(total(columns[1]!.map((y) => y * y)));
      }),
      { numRuns: 300 },
    );
  });

  it('give rows: sorted centres, and n, Σy, Σy² at cell · groups + group', () => {
    const state = responseCells.create({ dimensions: 2, groups: 2, maxCells: 10 });
    const columns = [
      [8, 2, 8, 2],
      [1, 1, 1, 1],
      [0.5, -0.25, 0.25, 1],
    ];
    responseCells.fill(state, rowsOf({ columns, group: [0, 1, 0, 1] }));
    const { points, ...rest } = cellRows(state);
    expect(rest).toEqual({
      n: Float64Array.of(0, 2, 2, 0),
      sum: Float64Array.of(0, 0.75, 0.75, 0),
      sumOfSquares: Float64Array.of(0, 1.0625, 0.3125, 0),
      cells: 2,
      groups: 2,
      dimensions: 2,
    });
    [2, 1, 8, 1].forEach((x, i) => {
      expect(points[i]! / x - 1).toBeGreaterThan(0);
      expect(points[i]! / x - 1).toBeLessThan(2 ** -10);
    });
  });

  it('keep every digit of sums that floating point would lose', () => {
    const columns = [Array.from({ length: 3 }, () => 1), [1000, 1e-12, -1000]];
    const { sum } = cellRows(filled(responseCells, { dimensions: 1, groups: 1, maxCells: 4 }, { columns }));
    // To 2^-64.
    expect(Math.abs(sum[0]! - 1e-12)).toBeLessThan(2 ** -63);
  });

  it.each([1000.001, -1e6, NaN, Infinity])('refuse a response of %d', (y) => {
    const fill = () => filled(responseCells, { dimensions: 1, groups: 1, maxCells: 4 }, { columns: [[1], [y]] });
    expect(fill).toThrow(`response_cells: response ${y} is not within ±1000`);
  });
});
