import { expect, it } from 'vitest';
import { combine, oneAtATime, variations } from '../../../operators/probes/one_at_a_time.js';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { allRows, drawnEvents, envelopeOf, eventsOf } from '../../support/linear_objective.js';
import { equicorrelation } from '../../support/search_suite.js';

const mean = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0) / column.length;

it('adds up to the closed form of a linear quantity: Σ w² σ² of single features and wᵀ R w of a group', async () => {
  const weights = [1, -2, 0.5, 3, -1];
  const sigma = [0.1, 0.2, 0.3, 0.15, 0.4];
  const correlation = [
    [1, 0.8, -0.3],
    [0.8, 1, 0.1],
    [-0.3, 0.1, 1],
  ];
  const envelope = envelopeOf(5, { groups: [{ members: [1, 2, 4], correlation }] });
  const drawn = drawnEvents(50, 5);
  const events = { ...drawn, sigma: sigma.map((s) => new Float64Array(50).fill(s)) };
  const quantity = (x: readonly Float64Array[]): Promise<number> =>
    Promise.resolve(x.reduce((sum, column, j) => sum + weights[j]! * mean(column), 4));
  const { shifts, total, largest } = await oneAtATime(envelope, events, 1.5, quantity);
  const a = weights.map((w, j) => w * sigma[j]! * 1.5);
  const group = [1, 2, 4];
  const square = group.flatMap((j, m) => group.map((k, n) => a[j]! * a[k]! * correlation[m]![n]!));
  expect(total).toBeCloseTo(Math.sqrt(a[0]! ** 2 + a[3]! ** 2 + square.reduce((sum, v) => sum + v, 0)), 12);
  expect(shifts.map(({ input }) => input)).toEqual([
    'x0',
    'x3',
    'x1, x2, x4 (axis 1)',
    'x1, x2, x4 (axis 2)',
    'x1, x2, x4 (axis 3)',
  ]);
  expect(shifts[0]!.shift).toBeCloseTo(a[0]!, 12);
  expect(largest!.input).toBe('x3');
  expect(largest!.shift).toBeCloseTo(a[3]!, 12);
});

it('moves all events to the same side, inside the envelope, and what is held not at all', () => {
  const envelope = envelopeOf(4, {
    high: [Infinity, 0.5, Infinity, Infinity],
    step: [0, 0, 0, 1],
    groups: [{ members: [0, 2], correlation: equicorrelation(2, 0.5) }],
  });
  const one = [1, 1, 1];
  const events = eventsOf([one, [0, 0.2, 0.5], [NaN, 2, 2], [3, 3, 3]], [one, one, [1, 0, 1], [2.5, 0.9, 0]]);
  const all = [...variations(envelope, events, 1)];
  expect(all.map(({ name }) => name)).toEqual(['x1', 'x3', 'x0, x2 (axis 1)', 'x0, x2 (axis 2)']);
  expect([...all[0]!.up[1]!]).toEqual([0.5, 0.5, 0.5]);
  expect([...all[0]!.down[1]!]).toEqual([-1, -0.8, -0.5]);
  expect([...all[1]!.up[3]!]).toEqual([5, 3, 3]);
  expect([...all[1]!.down[3]!]).toEqual([1, 3, 3]);
  // R has the eigenvalues 1 ± ρ; along the first axis both go up by √(1.5 / 2).
  const up = all[2]!.up;
  expect(up[0]![2]).toBeCloseTo(1 + Math.sqrt(0.75), 12);
  expect(up[2]![2]).toBeCloseTo(2 + Math.sqrt(0.75), 12);
  expect([up[2]![0], up[2]![1]]).toEqual([NaN, 2]);
  for (const { up: x, down } of all) {
    for (const size of [...sizesOf(envelope, events, allRows(3), x), ...sizesOf(envelope, events, allRows(3), down)]) {
      expect(size).toBeLessThanOrEqual(1 + 1e-9);
    }
  }
});

it('symmetrises: half the difference, or the larger one where both lie on the same side', () => {
  const { shifts, total, largest } = combine(10, [
    { name: 'a', up: 13, down: 9 },
    { name: 'b', up: 10.5, down: 11 },
    { name: 'c', up: 9, down: 10 },
    { name: 'd', up: 8, down: 6 },
    { name: 'e', up: 10, down: 10 },
  ]);
  expect(shifts.map(({ shift }) => shift)).toEqual([2, 1, -0.5, -4, 0]);
  expect(total).toBe(Math.sqrt(4 + 1 + 0.25 + 16));
  expect(largest).toEqual({ input: 'd', shift: -4 });
});

it('says why there is no shift', () => {
  expect(combine(null, [])).toEqual({ shifts: [], total: null, largest: null, reason: 'no nominal value' });
  expect(combine(1, [{ name: 'a', up: 2, down: null }])).toMatchObject({
    total: null,
    reason: 'no value when a is varied',
  });
  expect(combine(1, [])).toEqual({ shifts: [], total: 0, largest: null });
});
