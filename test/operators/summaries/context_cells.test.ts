import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upperWord } from '../../../operators/summaries/cell_code.js';
import { contextCells } from '../../../operators/summaries/context_cells.js';
import { filled } from './rows.js';

const finite = fc.oneof(
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1, -1),
);
const pairs = fc.array(fc.tuple(finite, finite), { maxLength: 120 });

/** Distinct cells at a level, the slow way. */
const distinct = (rows: readonly (readonly number[])[], shift: number): Set<string> =>
  new Set(rows.map((row) => row.map((x) => upperWord(x) >>> shift).join()));

describe('context cells', () => {
  it('are at the finest level with no more than maxCells cells, and hold every event', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 4, max: 60 }), (rows, maxCells) => {
        const columns = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        const state = filled(contextCells, { dimensions: 2, groups: 1, maxCells }, { columns });
        let shift = 10;
        while (distinct(rows, shift).size > maxCells) shift++;
        expect(state.shift).toBe(shift);
        expect(state.size).toBe(distinct(rows, shift).size);
        expect(state.size).toBeLessThanOrEqual(maxCells);
        expect(state.n.reduce((a, b) => a + b, 0)).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });

  it('count by group', () => {
    const columns = [[1, 1, 1.0001, 7]];
    const config = { dimensions: 1, groups: 2, maxCells: 10 };
    const { codes, n } = filled(contextCells, config, { columns, group: [0, 1, 1, 0] });
    expect([...codes]).toEqual([upperWord(1) >>> 10, upperWord(7) >>> 10]);
    expect([...n]).toEqual([1, 2, 1, 0]);
  });

  it('tell signs apart, and take −0 for 0', () => {
    const config = { dimensions: 1, groups: 1, maxCells: 10 };
    const { codes, n } = filled(contextCells, config, { columns: [[-2, 2, 0, -0, 2]] });
    expect([...codes].map((code) => code.toString(16))).toEqual(['0', '100000', '300000']);
    expect([...n]).toEqual([2, 2, 1]);
  });
});
