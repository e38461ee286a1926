import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holm, holmLog } from '../../../operators/statistics/holm.js';
import { problemOf } from '../../support/problem_of.js';
import { reference } from './reference.js';

it.each(reference.holm)('is the definition for $p', ({ p, adjusted }) => {
  for (const [i, found] of holm(p).entries()) expect(found).toBeCloseTo(adjusted[i]!, 14);
  for (const [i, found] of holmLog(p.map(Math.log)).entries()) expect(Math.exp(found!)).toBeCloseTo(adjusted[i]!, 14);
});

it('leaves null out of the count', () => {
  expect(holm([null, 0.02, null, 0.03])).toEqual([null, 0.04, null, 0.04]);
  expect(holm([])).toEqual([]);
});

it('keeps the order, is never below p nor above 1, and is at most Bonferroni', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (p) => {
      const adjusted = holm(p) as number[];
      for (const [i, x] of adjusted.entries()) {
        expect(x >= p[i]! && x <= 1 && x <= p[i]! * p.length).toBe(true);
        for (const [j, y] of adjusted.entries()) if (p[i]! < p[j]!) expect(x <= y).toBe(true);
      }
    }),
  );
});

it('refuses what is not a p-value', async () => {
  expect((await problemOf(() => holm([0.5, NaN]))).message).toContain('p-value NaN at index 1');
  expect((await problemOf(() => holmLog([0.1]))).message).toContain('at most 0');
});
