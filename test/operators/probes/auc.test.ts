import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc } from '../../../operators/probes/auc.js';
import { normals, standardDeviation } from '../response/reference.js';
import { merit } from './merit.js';

describe.each(merit.auc.map((each, i) => [i, each] as const))('case %i', (_, { positive, negative, ...wanted }) => {
  const [x, y] = [Float64Array.from(positive), Float64Array.from(negative)];

  it('equals roc_auc_score and the errors of the kernel written out', () => {
    const found = auc(x, y);
    expect(found.value).toBeCloseTo(wanted.value, 13);
    expect(found.error).toBeCloseTo(wanted.error, 13);
    if (wanted.paired !== undefined) expect(auc(x, y, true).error).toBeCloseTo(wanted.paired, 13);
  });
});

it('is the normal integral for two Gaussians, with an error that the scatter shows', () => {
  const found = Array.from({ length: 60 }, (_, k) => {
    const [x, y] = [normals(300, 2 * k), normals(300, 2 * k + 1)];
    return auc(
      Float64Array.from(x, (z) => z + 1),
      Float64Array.from(y),
    );
  });
  const values = found.map(({ value }) => value!);
  const mean = values.reduce((a, b) => a + b, 0) / 60;
  const scatter = standardDeviation(values);
  // Φ(1 / √2)
  expect(Math.abs(mean - 0.7602499389065233)).toBeLessThan((3.5 * scatter) / Math.sqrt(60));
  const error = found.reduce((sum, each) => sum + each.error!, 0) / 60;
  expect(Math.abs(error / scatter - 1)).toBeLessThan(0.3);
});

it('does not depend on a rising transformation or on the order, and mirrors', () => {
  const column = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(column, column, (p, q) => {
      const [x, y] = [Float64Array.from(p), Float64Array.from(q)];
      const found = auc(x, y);
      expect(
        auc(
          x.map((v) => v ** 3 + v),
          y.map((v) => v ** 3 + v),
        ),
      ).toEqual(found);
      expect(auc(x.slice().sort(), y.slice().reverse()).value).toBe(found.value);
      expect(auc(y, x).value! + found.value!).toBeCloseTo(1, 14);
      if (found.error !== null) expect(found.error).toBeGreaterThan(0);
    }),
  );
});

it('has an error where nothing varies', () => {
  expect(auc(Float64Array.of(2, 3), Float64Array.of(0, 1, 1))).toEqual({ value: 1, error: 1 / 3 });
  expect(auc(Float64Array.of(1, 1), Float64Array.of(1, 1))).toEqual({ value: 0.5, error: 1 / 3 });
  const same = Float64Array.of(3, 1, 2, 5, -Infinity, Infinity, -0, 0);
  expect(auc(same, same, true)).toEqual({ value: 0.5, error: 1 / 9 });
});

it('is unknown for an empty class and for NaN; one event has no error', () => {
  const one = Float64Array.of(1);
  expect(auc(one, new Float64Array(0)).reason).toBe('no events of one of the classes');
  expect(auc(one, Float64Array.of(NaN, 2)).reason).toBe('NaN among the scores');
  expect(auc(one, Float64Array.of(0, 2))).toEqual({ value: 0.5, error: null });
  expect(() => auc(one, Float64Array.of(0, 2), true)).toThrow('equally many');
});
