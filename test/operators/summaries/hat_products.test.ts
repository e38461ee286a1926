import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hatProducts, productMatrix, triangle } from '../../../operators/summaries/hat_products.js';
import { problemOf } from '../../support/problem_of.js';
import { filled, rowsOf } from './rows.js';

const config = { size: 4, terms: 3, groups: 2 };
const unit = fc.integer({ min: 0, max: 64 }).map((i) => i / 64);
const index = fc.integer({ min: 0, max: 3 });
const event = fc.record({
  index: fc.tuple(index, index, index),
  value: fc.tuple(unit, unit, unit),
  weight: unit,
  group: fc.integer({ min: 0, max: 1 }),
});

describe('hat products', () => {
  it('are X’ U X of the dense rows, by group, also where terms fall on one function', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const columns = [
          ...[0, 1, 2].map((t) => events.map((e) => e.index[t]!)),
          ...[0, 1, 2].map((t) => events.map((e) => e.value[t]!)),
          events.map(({ weight }) => weight),
        ];
        const state = filled(hatProducts, config, { columns, group: events.map(({ group }) => group) });
        for (const group of [0, 1]) {
          const dense = Array<number>(16).fill(0);
          const here = events.filter((e) => e.group === group);
          for (const { index: at, value, weight } of here) {
            const row = [0, 0, 0, 0];
            at.forEach((a, t) => (row[a]! += value[t]!));
            for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) dense[4 * a + b]! += weight * row[a]! * row[b]!;
          }
          // Multiples of 2^-18: exact.
          expect([...productMatrix(state, group)]).toEqual(dense);
          expect(state.n[group]).toBe(here.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are rounded to 2^-40 an event, over any number of runs', () => {
    const n = 10_000;
    const value = Array<number>(n).fill(1 / 3);
    const columns = [Array<number>(n).fill(2), value, Array<number>(n).fill(1)];
    const state = filled(hatProducts, { size: 3, terms: 1, groups: 1 }, { columns });
    const product = Math.round((2 ** 40 * (1 / 3)) / 3) / 2 ** 40;
    expect(productMatrix(state, 0)[8]).toBe(n * product);
  });

  it.each([-1e-9, 1 + 1e-9, NaN, Infinity])('a weight of %d is refused, and leaves nothing behind', async (wrong) => {
    const state = hatProducts.create({ size: 1, terms: 1, groups: 1 });
    const columns = [
      [0, 0],
      [1, 1],
      [1, wrong],
    ];
    const problem = await problemOf(() => {
      hatProducts.fill(state, rowsOf({ columns }));
    });
    expect(problem.message).toBe(`local model: weight ${wrong} of an event is outside [0, 1]`);
    const next = filled(hatProducts, { size: 1, terms: 1, groups: 1 }, { columns: [[0], [0.5], [1]] });
    expect([...productMatrix(next, 0)]).toEqual([0.25]);
  });

  it('of other shapes with as many sums are not merged', () => {
    const [one, six] = [
      hatProducts.create({ size: 3, terms: 1, groups: 1 }),
      hatProducts.create({ size: 1, terms: 1, groups: triangle(3) }),
    ];
    expect(() => {
      hatProducts.merge(one, six);
    }).toThrow('different configurations');
  });
});
