import { expect, test } from 'vitest';
import { variableScale } from '../../../sinks/report/variable_scale.js';
import { zonesOf } from '../../fixtures/report/zones.js';

const [ht, deta] = zonesOf();

test('what has a unit and spans more than a factor of 20 is logarithmic', () => {
  const scale = variableScale(ht!)!;
  expect(scale.log).toBe(true);
  expect(scale.domain[0]).toBeCloseTo(70 / 1.12, 9);
  expect(scale.domain[1]).toBeCloseTo(1900 * 1.12, 9);
  expect(scale.place(Math.sqrt(scale.domain[0] * scale.domain[1]))).toBeCloseTo(0.5, 12);
});

test('what has no unit is linear, with a little room and not below 0', () => {
  const scale = variableScale(deta!)!;
  expect(scale.log).toBe(false);
  expect(scale.domain[0]).toBeCloseTo(0.2 - 0.03 * 2.3, 12);
  expect(scale.place((scale.domain[0] + scale.domain[1]) / 2)).toBeCloseTo(0.5, 12);
  const near = { ...deta!, profiles: deta!.profiles.map((one) => ({ ...one, centre: [0.01, 1, 2, 3] })) };
  expect(variableScale(near)!.domain[0]).toBe(0);
});

test('a single point has room, none at all has no scale', () => {
  const single = { ...deta!, profiles: [{ ...deta!.profiles[0]!, centre: [2] }] };
  const { domain } = variableScale(single)!;
  expect(domain[0]).toBeLessThan(2);
  expect(domain[1]).toBeGreaterThan(2);
  expect(variableScale({ ...deta!, profiles: [] })).toBeNull();
});
