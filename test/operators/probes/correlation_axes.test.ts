import { expect, it } from 'vitest';
import { correlationAxes } from '../../../operators/probes/correlation_axes.js';
import { choleskyOf, envelopeOf } from '../../support/linear_objective.js';
import { equicorrelation } from '../../support/search_suite.js';

const axesOf = (correlation: number[][]): number[][] =>
  correlationAxes({ members: correlation.map((_, j) => j), cholesky: choleskyOf(correlation) }).map((a) => [...a]);

it('has the closed form of two features: lengths √(1 ± ρ) along (1, ±1) / √2', () => {
  const [first, second] = axesOf(equicorrelation(2, 0.6));
  expect(first![0]).toBeCloseTo(Math.sqrt(0.8), 14);
  expect(first![1]).toBeCloseTo(Math.sqrt(0.8), 14);
  expect(second![0]).toBeCloseTo(Math.sqrt(0.2), 14);
  expect(second![1]).toBeCloseTo(-Math.sqrt(0.2), 14);
});

it('adds up to the correlation, the longest axis first', () => {
  const correlation = [
    [1, 0.3, -0.2, 0.5],
    [0.3, 1, 0.1, 0],
    [-0.2, 0.1, 1, -0.6],
    [0.5, 0, -0.6, 1],
  ];
  const axes = axesOf(correlation);
  for (let a = 0; a < 4; a++) {
    for (let b = 0; b < 4; b++) {
      expect(axes.reduce((sum, axis) => sum + axis[a]! * axis[b]!, 0)).toBeCloseTo(correlation[a]![b]!, 13);
    }
  }
  const lengths = axes.map((axis) => Math.hypot(...axis));
  expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
});

it('leaves out an axis along which nothing is uncertain', () => {
  const [group] = envelopeOf(2, { groups: [{ members: [0, 1], correlation: equicorrelation(2, 1) }] }).groups;
  const axes = correlationAxes(group!);
  expect(axes).toHaveLength(1);
  expect(axes[0]![0]).toBeCloseTo(1, 14);
  expect(axes[0]![1]).toBeCloseTo(1, 14);
});
