import { describe, expect, test } from 'vitest';
import { fits, guardedSet, moveTo, pressureOf, scoreAt } from '../../../operators/probes/guarded_set.js';

const columns = (): Float64Array[] => [Float64Array.of(0, 1, 2, 3, NaN), Float64Array.of(5, 4, 5, 4, 6)];
const caps = { distance: 0.5, correlation: 0.6 };

describe('guarded set', () => {
  test('a move within the caps is made, one beyond them is not, and leaves no trace', () => {
    const set = guardedSet(caps, columns(), [1, 1]);
    expect(moveTo(set, 0, [Float64Array.of(1), Float64Array.of(5)], 0)).toBe(true);
    const score = { ...set.scorer.score };
    expect(score.distance).toBeGreaterThan(0);
    expect(set.features[0]![0]).toBe(1);
    const far = [Float64Array.of(7, 2), Float64Array.of(90, 5)];
    const tried = { ...scoreAt(set, 1, far, 0) };
    expect(fits(caps, tried)).toBe(false);
    expect(moveTo(set, 1, far, 0)).toBe(false);
    expect(set.scorer.score).toEqual(score);
    expect(set.features[0]![1]).toBe(1);
    expect(moveTo(set, 0, [Float64Array.of(0), Float64Array.of(5)], 0)).toBe(true);
    expect(set.scorer.score).toEqual({ distance: 0, correlation: 0, divergence: 0 });
  });

  test('an unchanged row, NaN included, is no move', () => {
    const set = guardedSet({ distance: 0, correlation: 0 }, columns(), [1, 1]);
    expect(scoreAt(set, 4, [Float64Array.of(NaN), Float64Array.of(6)], 0)).toBe(set.scorer.score);
    expect(moveTo(set, 4, [Float64Array.of(NaN), Float64Array.of(6)], 0)).toBe(true);
  });

  test('pressure: squares in units of the caps; no cap, no pressure; 0 caps press without end', () => {
    const score = { distance: 0.1, divergence: 0.02, correlation: 0.3 };
    expect(pressureOf(caps, score)).toBeCloseTo(0.25 + 0.08, 14);
    expect(pressureOf({ distance: Infinity, correlation: Infinity }, score)).toBe(0);
    expect(pressureOf({ distance: 0, correlation: 1 }, score)).toBe(Infinity);
    expect(pressureOf({ distance: 0, correlation: 0 }, { distance: 0, divergence: 0, correlation: 0 })).toBe(0);
  });
});
