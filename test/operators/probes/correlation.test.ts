import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { correlationMatrix, relativeChange, scaleOf, standardised } from '../../../operators/probes/correlation.js';

interface Reference {
  readonly correlation: {
    readonly nominal: number[][];
    readonly moved: number[][];
    readonly nominalMatrix: number[];
    readonly movedMatrix: number[];
    readonly change: number;
  };
}
const { correlation } = JSON.parse(readFileSync('test/fixtures/probes/scorer/reference.json', 'utf8')) as Reference;
const columns = (rows: readonly number[][]): Float64Array[] => rows.map((column) => Float64Array.from(column));

describe('correlation', () => {
  test('NumPy: matrices and their relative change', () => {
    const a = correlationMatrix(columns(correlation.nominal));
    const b = correlationMatrix(columns(correlation.moved));
    a.forEach((r, at) => {
      expect(r).toBeCloseTo(correlation.nominalMatrix[at]!, 12);
    });
    b.forEach((r, at) => {
      expect(r).toBeCloseTo(correlation.movedMatrix[at]!, 12);
    });
    expect(relativeChange(a, b)).toBeCloseTo(correlation.change, 12);
    expect(relativeChange(a, a)).toBe(0);
  });

  test('closed form: y = x + z, independent of equal variance, has r = 1/√2', () => {
    const x = Float64Array.of(1, 1, -1, -1);
    const z = Float64Array.of(1, -1, 1, -1);
    const y = x.map((value, i) => value + z[i]!);
    expect(correlationMatrix([x, y])[1]).toBeCloseTo(Math.SQRT1_2, 14);
    expect(correlationMatrix([x, z])[1]).toBe(0);
  });

  test('a feature with no variance has correlation 0 by definition; NaN is the mean', () => {
    const x = Float64Array.of(1, 2, 4, 8);
    for (const constant of [0, 0.1, 1e9 / 3]) {
      expect([...correlationMatrix([x, new Float64Array(4).fill(constant)])]).toEqual([1, 0, 0, 1]);
    }
    const withGap = Float64Array.of(1, 3, NaN, 2);
    const filled = Float64Array.of(1, 3, 2, 2);
    expect(correlationMatrix([x, withGap])[1]).toBeCloseTo(correlationMatrix([x, filled])[1]!, 14);
    expect([...correlationMatrix([Float64Array.of(NaN, NaN), Float64Array.of(1, 2)])]).toEqual([1, 0, 0, 1]);
  });

  test('a scale does not depend on the order, and bounds what is standardised', () => {
    const x = Float64Array.from({ length: 500 }, (_, i) => 1e8 + Math.sin(i * 12.9898) * 43.7);
    expect(scaleOf(x.toReversed())).toEqual(scaleOf(x));
    const scale = { centre: 1, perWidth: 2 };
    expect([2, 1e9, -1e9, Infinity, -Infinity, NaN].map((value) => standardised(scale, value))).toEqual([
      2, 32768, -32768, 32768, -32768, 0,
    ]);
  });
});
