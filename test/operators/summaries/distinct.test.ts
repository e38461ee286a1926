import { expect, it } from 'vitest';
import { distinct } from '../../../operators/summaries/distinct.js';
import { filled, rowsOf } from './rows.js';

it('distinct has the values that occur, rising, and how often; −0 counts as 0', () => {
  const { values, n, over } = filled(distinct, { most: 10 }, { columns: [[10, 9, -0, 10, 0, -2.5, 10]] });
  expect([[...values], [...n], over]).toEqual([[-2.5, 0, 9, 10], [1, 2, 1, 3], false]);
  expect([...filled(distinct, { most: 3 }, { columns: [[]] }).values]).toEqual([]);
});

it('distinct keeps none when there are more than wanted, and stays so', () => {
  const state = distinct.create({ most: 2 });
  distinct.fill(state, rowsOf({ columns: [[1, 2, 2]] }));
  expect(state.over).toBe(false);
  distinct.fill(state, rowsOf({ columns: [[3]] }));
  for (const column of [[3], [1]]) {
    expect([state.over, state.values.length, state.n.length]).toEqual([true, 0, 0]);
    distinct.fill(state, rowsOf({ columns: [column] }));
  }
  // Two states that are within it each, and are not together.
  const [a, b] = [
    filled(distinct, { most: 2 }, { columns: [[1, 2]] }),
    filled(distinct, { most: 2 }, { columns: [[2, 3]] }),
  ];
  distinct.merge(a, b);
  expect(a).toEqual(state);
});
