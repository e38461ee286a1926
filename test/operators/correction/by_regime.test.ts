import { describe, expect, it } from 'vitest';
import { byRegime } from '../../../operators/correction/by_regime.js';
import { plainCells, reference } from './toys.js';

describe('correction by regime', () => {
  it.each(reference)('is the mean of the events (NumPy), case %#', (stored) => {
    byRegime(plainCells(stored), 0, 1).forEach(([c], r) => {
      expect(c).toBeCloseTo(stored.means[r]!, 14);
    });
  });

  it('leaves a regime with too few events, or none, as it is', () => {
    const cells = plainCells({
      points: [[-1], [1], [2]],
      n: [99, 60, 40],
      sum: [9.9, 3, 1],
      sumOfSquares: [1, 1, 1],
      regime: [0, 1, 1],
    });
    expect(byRegime(cells, 0, 100)).toEqual([[0], [0.04]]);
    expect(byRegime({ ...cells, n: new Float64Array(3) }, 0, 0)).toEqual([[0], [0]]);
  });

  it('leaves no mean response in any regime', () => {
    const { points, n, sum, sumOfSquares, regime } = reference[1]!;
    const c = byRegime(plainCells({ points, n, sum, sumOfSquares, regime }), 0, 1);
    for (const r of [0, 1]) {
      const left = sum.reduce((all, s, cell) => {
        return regime[cell] === r ? all + (s - n[cell]! * c[r]![0]!) / (1 + c[r]![0]!) : all;
      }, 0);
      expect(Math.abs(left / n.reduce((all, m, cell) => (regime[cell] === r ? all + m : all), 0))).toBeLessThan(1e-15);
    }
  });
});
