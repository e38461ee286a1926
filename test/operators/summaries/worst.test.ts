import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { worst, type WorstState } from '../../../operators/summaries/worst.js';
import { filled, rowsOf } from './rows.js';

const sample = JSON.parse(readFileSync('test/fixtures/summaries/worst.json', 'utf8')) as Record<
  'pull' | 'upper' | 'lower' | 'order',
  number[]
>;
const rowsIn = ({ kept, values, table }: WorstState): number[][] =>
  Array.from({ length: kept }, (_, row) => [...table.subarray(row * (4 + values), (row + 1) * (4 + values))]);

describe('worst', () => {
  const { pull, upper, lower, order } = sample;
  const group = pull.map((_, i) => i % 7);
  const value = pull.map((_, i) => i / 8);

  it.each([1, 20, 50])('keeps the first %i in the order of numpy.lexsort', (most) => {
    const state = filled(worst, { most, values: 1 }, { columns: [pull, upper, lower, value], group });
    expect(rowsIn(state)).toEqual(order.slice(0, most).map((i) => [pull[i], upper[i], lower[i], group[i], value[i]]));
    expect(new Set(pull.map(Math.abs)).size).toBeLessThan(pull.length / 2);
  });

  it('of few events keeps all, and fills up with zeros', () => {
    const state = filled(
      worst,
      { most: 3, values: 0 },
      {
        columns: [
          [-1, 2],
          [7, 8],
          [5, 6],
        ],
      },
    );
    expect(rowsIn(state)).toEqual([
      [2, 8, 6, 0],
      [-1, 7, 5, 0],
    ]);
    expect([...state.table.subarray(8)]).toEqual([0, 0, 0, 0]);
    expect(rowsIn(worst.create({ most: 3, values: 0 }))).toEqual([]);
  });

  it('breaks ties by key, pull, group and values in turn; −0 is 0 and NaN comes last', () => {
    const columns = [
      [1, -1, 1, 1, 1, -1],
      [2, 1, 2, 2, 2, 2],
      [0, 9, 0, 0, 0, 0],
      [NaN, 0, -0, -3, 5, 0],
    ];
    const state = filled(worst, { most: 6, values: 1 }, { columns, group: [0, 0, 0, 1, 0, 0] });
    expect(rowsIn(state)).toEqual([
      [-1, 1, 9, 0, 0],
      [-1, 2, 0, 0, 0],
      [1, 2, 0, 0, 0],
      [1, 2, 0, 0, 5],
      [1, 2, 0, 0, NaN],
      [1, 2, 0, 1, -3],
    ]);
    expect(Object.is(state.table[14], 0)).toBe(true);
  });

  it('passes over a pull that is NaN, and keeps an infinite one and an event that comes twice', () => {
    const columns = [
      [NaN, -Infinity, 0, 0],
      [1, 2, 3, 3],
      [0, 0, 0, 0],
    ];
    const state = worst.create({ most: 4, values: 0 });
    for (let i = 0; i < 4; i++) worst.fill(state, rowsOf({ columns: columns.map((x) => [x[i]!]) }));
    expect(rowsIn(state).map(([z, key]) => [z, key])).toEqual([
      [-Infinity, 2],
      [0, 3],
      [0, 3],
    ]);
  });
});
