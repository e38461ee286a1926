import { describe, expect, it } from 'vitest';
import { fillHats, hatRows, type LocalBasis } from '../../../operators/locality/basis.js';
import { fillLocal, localColumns, type LocalName, type LocalStep } from '../../../operators/locality/local_rows.js';
import { columnsOf, delta, distance, lastStep, reference } from './reference.js';

const basis: LocalBasis = { objects: 1, features: [{ name: 'x', knots: [0, 1] }], categories: [] };
const x = Float64Array.of(0, 0.5, 1, 0.5);
const hats = hatRows(basis, 4);
fillHats(basis, [new Map([['x', x]])], 4, hats);
const wide = { low: -10, high: 10 };

function fill(step: Omit<LocalStep, 'basis'>, y: readonly number[], fold = Uint16Array.of(0, 0, 0, 0)) {
  const out = localColumns(y.length);
  fillLocal({ basis, ...step }, hats, Float64Array.from(y), fold, y.length, out);
  return Object.fromEntries(Object.entries(out).map(([name, column]) => [name, [...(column as Float64Array)]]));
}

describe('fillLocal', () => {
  it('moves δ to the nearer end, and without a model leaves the rest 1', () => {
    expect(fill({ clip: { low: -0.5, high: 0.25 } }, [-2, 0.125, 3, -0.5])).toEqual({
      y: [-0.5, 0.125, 0.25, -0.5],
      residual: [-0.5, 0.125, 0.25, -0.5],
      squared: [0.25, 0.015625, 0.0625, 0.25],
      pull: [-0.5, 0.125, 0.25, -0.5],
      inverse: [1, 1, 1, 1],
      variance: [1, 1, 1, 1],
      weight: [1, 1, 1, 1],
      weightSquared: [1, 1, 1, 1],
    });
  });

  it('moves δ to within so many σ of the mean of a shape', () => {
    const shape = { mean: Float64Array.of(1, 3), variance: Float64Array.of(4, 4) };
    // Means 1, 2, 3, 2 and σ 2: within 3 of them at a width of 1.5.
    expect(fill({ clip: { shape, width: 1.5 } }, [9, 2.5, -9, 4.75]).y).toEqual([4, 2.5, 0, 4.75]);
  });

  it('takes off the mean, and divides by σ: pulls, and weights s² / σ²', () => {
    const found = fill({ clip: wide, mean: [Float64Array.of(1, 3)], variance: Float64Array.of(1, 7) }, [2, 4, 6.5, 2]);
    expect(found.residual).toEqual([1, 2, 3.5, 0]);
    expect(found.squared).toEqual([1, 4, 12.25, 0]);
    expect(found.variance).toEqual([1, 4, 7, 4]);
    expect(found.pull).toEqual([1, 1, 3.5 / Math.sqrt(7), 0]);
    expect(found.inverse).toEqual([1, 0.5, Math.sqrt(1 / 7), 0.5]);
    expect(found.weight![1]).toBe(0.25);
    expect(found.weightSquared![3]).toBe(0.0625);
  });

  it('takes the mean of each event’s fold', () => {
    const mean = [Float64Array.of(0, 0), Float64Array.of(1, 1), Float64Array.of(0, 2)];
    expect(fill({ clip: wide, mean }, [5, 5, 5, 5], Uint16Array.of(0, 1, 2, 2)).residual).toEqual([5, 4, 3, 4]);
  });

  it('never weighs more than 1, though an interpolated variance rounds below its coefficients', () => {
    const variance = Float64Array.of(0.1 + 0.2, 0.1 + 0.2);
    for (const inverse of fill({ clip: wide, variance }, [0, 0, 0, 0]).inverse!) {
      expect(inverse).toBeLessThanOrEqual(1);
      expect(inverse).toBeGreaterThan(1 - 1e-15);
    }
  });

  it('makes a column the same, alone or with the others', () => {
    const shape = { mean: Float64Array.of(0.1, 0.3), variance: Float64Array.of(0.5, 2) };
    const y = Float64Array.of(-2, 0.125, 3, -0.5);
    const fold = Uint16Array.of(0, 1, 1, 0);
    const means = [Float64Array.of(0.25, 0.5), Float64Array.of(-1, 0.5)];
    const steps: Omit<LocalStep, 'basis'>[] = [
      { clip: wide },
      { clip: wide, mean: [shape.mean] },
      { clip: { shape, width: 1 }, variance: shape.variance },
      { clip: { shape, width: 1 }, variance: shape.variance, mean: means },
    ];
    for (const step of steps) {
      const all = localColumns(4);
      fillLocal({ basis, ...step }, hats, y, fold, 4, all);
      for (const name of Object.keys(all) as LocalName[]) {
        const out = localColumns(4);
        fillLocal({ basis, ...step }, hats, y, fold, 4, out, new Set([name]));
        expect(out[name]).toEqual(all[name]);
      }
    }
  });

  it('makes the pulls of the reference, and winsorises as many events', () => {
    const mean = reference.means.map((each) => Float64Array.from(each));
    const { pull, y } = columnsOf({ ...lastStep, mean });
    expect(distance(pull.subarray(0, reference.pull.length), reference.pull)).toBeLessThan(1e-9);
    expect(y.filter((each, i) => each !== delta[i]).length).toBeGreaterThan(20);
  });
});
