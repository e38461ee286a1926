import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mixOrResponse, type RegimeMeans } from '../../../operators/checks/mix_or_response.js';
import { problemOf } from '../../support/problem_of.js';
import { near } from '../statistics/reference.js';
import { fixture } from './fixture.js';

const set = (w: number[], mean: number[], error = 0.001): RegimeMeans => ({
  w,
  w2: null,
  mean,
  error: w.map(() => error),
});

it.each(['total', 'mix', 'response'] as const)('%s: the value by NumPy, the error as its bootstrap has it', (name) => {
  const found = mixOrResponse(fixture.mix.before, fixture.mix.after)[name];
  near(found.value, fixture.mix[name].value, 1e-12);
  near(found.error, fixture.mix[name].error, 0.06);
});

it('tells a change of the mix from one of the response', () => {
  const before = set([5000, 3000, 2000], [0, -0.02, -0.06]);
  expect(mixOrResponse(before, set([4000, 3000, 3000], [0, -0.02, -0.06])).verdict).toBe('mix');
  expect(mixOrResponse(before, set([5000, 3000, 2000], [0.01, -0.01, -0.05])).verdict).toBe('response');
  expect(mixOrResponse(before, set([4000, 3000, 3000], [0.01, -0.01, -0.05])).verdict).toBe('both');
  expect(mixOrResponse(before, set([5010, 2995, 1995], [0.0003, -0.02, -0.06])).verdict).toBe('neither');
});

it('adds up to the change of the overall bias, and turns its sign when the sets are exchanged', () => {
  const sets = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.double({ min: -1, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 2,
  });
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [one, two] = [a, b].map((rows) =>
        set(
          rows.map(([w]) => w),
          rows.map(([, m]) => m),
        ),
      ) as [RegimeMeans, RegimeMeans];
      const bias = (rows: [number, number][]): number =>
        rows.reduce((sum, [w, m]) => sum + w * m, 0) / rows.reduce((sum, [w]) => sum + w, 0);
      const [there, back] = [mixOrResponse(one, two), mixOrResponse(two, one)];
      expect(there.total.value).toBeCloseTo(bias(b) - bias(a), 12);
      expect(there.mix.value + there.response.value).toBeCloseTo(there.total.value, 12);
      expect(back.mix.value).toBeCloseTo(-there.mix.value, 12);
      expect(back.response.error).toBeCloseTo(there.response.error, 12);
    }),
  );
});

it('counts a regime that is on one side only as mix, and names it', () => {
  const found = mixOrResponse(set([900, 100, 0], [0, -0.1, NaN]), set([800, 0, 200], [0, NaN, -0.2]));
  expect(found.oneSided).toEqual([1, 2]);
  expect(found.response).toEqual({ value: 0, error: expect.any(Number) as number, sigma: 0 });
  expect(found.total.value).toBeCloseTo(-0.04 + 0.01, 12);
  expect(found.verdict).toBe('mix');
});

it('refuses an empty set and other regimes', async () => {
  const some = set([1, 2], [0, 0]);
  expect((await problemOf(() => mixOrResponse(some, set([0, 0], [NaN, NaN])))).message).toContain('Σw 3 and 0');
  expect((await problemOf(() => mixOrResponse(some, set([1], [0])))).message).toContain('2 and 1 regimes');
});
