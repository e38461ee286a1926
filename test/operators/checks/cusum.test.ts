import { expect, it } from 'vitest';
import { cusum, type CusumState } from '../../../operators/checks/cusum.js';
import { problemOf } from '../../support/problem_of.js';
import { fixture } from './fixture.js';

const fed = (x: readonly (number | null)[], state = cusum.create({ k: 0.5, h: 5 })): CusumState =>
  x.reduce((s, value) => cusum.step(s, { window: (s.window ?? -1) + 1, x: value }), state);

it('follows the sums of the definition (NumPy)', () => {
  for (let n = 1; n <= fixture.x.length; n++) {
    const { high, low } = fed(fixture.x.slice(0, n), cusum.create({ k: 0.5, h: 1000 }));
    expect(high.sum).toBeCloseTo(fixture.cusum.high[n - 1]!, 12);
    expect(low.sum).toBeCloseTo(fixture.cusum.low[n - 1]!, 12);
  }
});

it('says when the excursion began and how large the shift is: k + C/N', () => {
  const finding = cusum.finding(fed([0, -1, 2.5, 3.5, 2]));
  expect(finding).toMatchObject({ alarm: true, statistic: 6.5, threshold: 5, since: 2 });
  expect(finding.shift).toBeCloseTo(0.5 + 6.5 / 3, 12);
  expect(cusum.finding(fed([0, 1, -2.5, -3.5, -2]))).toMatchObject({ alarm: true, since: 2, statistic: 6.5 });
  expect(cusum.finding(fed([0, 1, -2.5, -3.5, -2])).shift).toBeCloseTo(-8 / 3, 12);
});

it('is quiet without an excursion', () => {
  expect(cusum.finding(fed([0, 0.2]))).toMatchObject({ alarm: false, statistic: 0, since: null, shift: null });
});

it('passes over unknown windows and counts them', () => {
  const state = fed([3, null, NaN, 3]);
  expect(state.unknown).toBe(2);
  expect(state.high).toMatchObject({ sum: 5, since: 0, windows: 2 });
});

it('is quiet again soon after a long excursion', () => {
  const state = fed(Array.from({ length: 100 }, () => 8));
  expect(
    cusum.finding(
      fed(
        Array.from({ length: 10 }, () => 0),
        state,
      ),
    ).alarm,
  ).toBe(false);
});

it('refuses windows out of order and thresholds that are none', async () => {
  const state = cusum.step(cusum.create({ k: 0.5, h: 5 }), { window: 3, x: 0 });
  expect((await problemOf(() => cusum.step(state, { window: 3, x: 0 }))).message).toContain(
    'Window 3 of check cusum after',
  );
  expect((await problemOf(() => cusum.create({ k: 0.5, h: 0 }))).message).toContain('h is 0');
  expect((await problemOf(() => cusum.create({ k: NaN, h: 1 }))).message).toContain('k is NaN');
});
