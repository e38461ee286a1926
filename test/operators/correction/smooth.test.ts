import { describe, expect, it } from 'vitest';
import { normalEquations, ridge } from '../../../operators/correction/smooth.js';
import { plainCells, reference } from './toys.js';

describe('smooth correction', () => {
  it.each(reference)('equals scikit-learn’s Ridge in every regime, case %#', (stored) => {
    for (const { degree, lambda, coefficients } of stored.fits) {
      const fit = ridge(normalEquations(plainCells(stored), stored, degree, 0), lambda, 1);
      fit.forEach((row, r) => {
        expect(row).toHaveLength(coefficients[r]!.length);
        row.forEach((value, f) => {
          expect(Math.abs(value - coefficients[r]![f]!), `degree ${degree}, λ ${lambda}`).toBeLessThan(1e-12);
        });
      });
    }
  });

  const line = {
    points: [[-2], [-1], [1], [2], [30]],
    n: [10, 10, 20, 20, 1],
    sum: [0, 0.1, 20 * 0.03, 20 * 0.04, 0.04],
    sumOfSquares: [0, 0, 0, 0, 0],
    regime: [0, 0, 1, 1, 1],
  };

  it('finds a line, and does not follow what lies beyond the range', () => {
    const range = { low: [[-2], [1]], high: [[-1], [2]] };
    const [left, right] = ridge(normalEquations(plainCells(line), range, 1, 0), 1e-9, 1) as [number[], number[]];
    expect(left[0]).toBeCloseTo(0.02, 9);
    expect(left[1]).toBeCloseTo(0.01, 9);
    expect(right[0]).toBeCloseTo(0.02, 9);
    expect(right[1]).toBeCloseTo(0.01, 9);
  });

  it('is the mean of the regime where λ is large, as where the context is constant', () => {
    const range = { low: [[-2], [1]], high: [[-1], [2]] };
    const [stiff] = ridge(normalEquations(plainCells(line), range, 1, 0), 1e15, 1);
    expect(stiff![0]).toBeCloseTo(0.005, 12);
    const constant = { ...line, points: line.points.map(() => [3]) };
    const flat = { low: [[3], [3]], high: [[3], [3]] };
    const [level] = ridge(normalEquations(plainCells(constant), flat, 2, 0), 1, 1);
    expect(level![0]! + 3 * level![1]! + 9 * level![2]!).toBeCloseTo(0.005, 12);
  });

  it('leaves a regime with too few events as it is', () => {
    const range = { low: [[-2], [1]], high: [[-1], [2]] };
    expect(ridge(normalEquations(plainCells(line), range, 1, 0), 1, 30)[0]).toEqual([0, 0]);
  });
});
