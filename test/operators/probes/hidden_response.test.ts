import { describe, expect, it } from 'vitest';
import { hiddenResponses } from '../../../operators/probes/hidden_response.js';
import { normals, standardDeviation } from '../response/reference.js';
import { keysOf, merit } from './merit.js';

const n = 3000;
const mass = (stream: number): Float64Array => Float64Array.from(normals(n, stream), (z) => 91 + 2.5 * z);
const sample = (stream: number, by: number) => {
  const before = mass(stream);
  const noise = normals(n, stream + 1000);
  return {
    truth: null,
    before,
    attacked: before.map((m, i) => m + by + 0.1 * noise[i]!),
    control: before,
    unit: 'GeV',
    group: Uint16Array.from(before, (_, i) => i % 2),
    ...keysOf(n),
  };
};

describe('hidden systematic of a regressor', () => {
  it('finds a shift of the peak within its error', () => {
    const { rows, leftOut } = hiddenResponses(sample(1, 1), 2, { seed: 1 });
    expect(rows.map(({ regime, quantity }) => [regime, quantity])).toEqual([
      ['all', 'peak'],
      [0, 'peak'],
      [1, 'peak'],
    ]);
    expect(leftOut).toBe(0);
    for (const { nominal, shift, random, unit } of rows) {
      expect(unit).toBe('GeV');
      expect(Math.abs(nominal.value! - 91)).toBeLessThan(4 * nominal.error!);
      expect(Math.abs(shift.value! - 1)).toBeLessThan(4 * shift.error!);
      // Nothing changed: what is left is the rounding to bins.
      expect(random.value).toBe(0);
      expect(random.error).toBeGreaterThan(0);
      expect(random.error).toBeLessThan(0.1);
    }
  });

  it('has an error of the shift as the scatter of 15 samples shows', () => {
    const found = Array.from(
      { length: 15 },
      (_, k) => hiddenResponses(sample(2 * k + 10, 0.5), 1, { seed: 1, replicas: 8 }).rows[0]!.shift,
    );
    const scatter = standardDeviation(found.map(({ value }) => value!));
    const error = found.reduce((sum, each) => sum + each.error!, 0) / 15;
    expect(error / scatter).toBeGreaterThan(0.4);
    expect(error / scatter).toBeLessThan(2.5);
  });

  it('has the bias over the core where the truth is known', () => {
    const { before, after, nominal, shift } = merit.core;
    const truth = Float64Array.from(before, (_, i) => 64 * (1 + (i % 2)));
    const output = (delta: readonly number[]): Float64Array => truth.map((t, i) => t + t * delta[i]!);
    const given = {
      truth,
      before: output(before),
      attacked: output(after),
      control: output(before),
      unit: 'GeV',
      group: new Uint16Array(truth.length),
      ...keysOf(truth.length),
    };
    const { rows } = hiddenResponses(given, 1, { seed: 1, replicas: 0 });
    expect(rows.map(({ quantity }) => quantity)).toEqual(['bias', 'bias', 'peak', 'peak']);
    expect(rows[0]).toMatchObject({ regime: 'all', unit: null });
    expect(rows[0]!.nominal.value).toBeCloseTo(nominal.value, 12);
    expect(rows[0]!.shift.value).toBeCloseTo(shift.value, 12);
    expect(rows[0]!.shift.error).toBeCloseTo(shift.error, 12);
    expect(rows[2]!.shift.error).toBeNull();
  });

  it('leaves out and counts what has no answer or no truth, and says why without events', () => {
    const given = sample(5, 0);
    const truth = given.before.map((_, i) => (i === 0 ? NaN : i === 1 ? 0 : 91));
    const attacked = given.attacked.map((m, i) => (i === 2 ? NaN : m));
    expect(hiddenResponses({ ...given, truth, attacked }, 2, { seed: 1, replicas: 0 }).leftOut).toBe(3);
    const none = { ...given, before: new Float64Array(n).fill(NaN) };
    const { rows, leftOut } = hiddenResponses(none, 2, { seed: 1 });
    expect(leftOut).toBe(n);
    const unknown = { value: null, error: null, reason: 'fewer than 20 events' };
    for (const row of rows) expect(row).toMatchObject({ nominal: unknown, shift: unknown, random: unknown });
  });

  it('bears outputs that are all the same', () => {
    const flat = new Float64Array(n).fill(91);
    const { rows } = hiddenResponses({ ...sample(1, 0), before: flat, attacked: flat, control: flat }, 1, { seed: 1 });
    expect(rows[0]!.shift.value).toBe(0);
  });
});
