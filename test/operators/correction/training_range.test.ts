import { describe, expect, it } from 'vitest';
import { trainingRange } from '../../../operators/correction/training_range.js';
import { plainCells, reference } from './toys.js';

describe('training range', () => {
  it.each(reference)('equals numpy.quantile(inverted_cdf) of every regime, case %#', (stored) => {
    expect(trainingRange(plainCells(stored), 0)).toEqual({ low: stored.low, high: stored.high });
  });

  it('is the centroid for a regime without events', () => {
    const one = plainCells({ points: [[-3], [4]], n: [5, 0], sum: [0, 0], sumOfSquares: [0, 0], regime: [0, 1] });
    expect(trainingRange(one, 0)).toEqual({ low: [[-3], [1]], high: [[-3], [1]] });
  });
});
