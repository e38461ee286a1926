import { expect, test } from 'vitest';
import { logRatioRange, ratioRange } from '../../../sinks/report/ratio_panel.js';

const empty = {
  name: 'reco',
  regime: 'all' as const,
  n: 0,
  sum: [],
  errors: [],
  underflow: 0,
  underflowError: 0,
  overflow: 0,
  overflowError: 0,
};
const rangeOf = (...ratios: ([number, number] | null)[]) =>
  ratioRange([{ series: empty, ratios: ratios.map((r) => r && { value: r[0], error: r[1] }) }]);

test('the range holds 1 and the known ratios with their errors', () => {
  const [low, high] = rangeOf([0.8, 0.05], [1.3, 0.1], null);
  expect(low).toBeCloseTo(1 - 1.1 * 0.25, 12);
  expect(high).toBeCloseTo(1 + 1.1 * 0.4, 12);
});

test('it is never narrower than 0.95 to 1.05 nor wider than 0 to 5', () => {
  expect(rangeOf([1, 0.001])).toEqual([0.95, 1.05]);
  expect(rangeOf([12, 1], [0.01, 0.05])).toEqual([0, 5]);
});

test('without a known ratio it is 0 to 2: hardly known ones and those without an error do not count', () => {
  expect(rangeOf([3, 2], [4, 0], null)).toEqual([0, 2]);
});

test('a logarithmic range holds what is known to a third, at least half to twice, at most a twentieth to twenty', () => {
  const of = (...ratios: [number, number][]) =>
    logRatioRange([{ series: empty, ratios: ratios.map(([value, error]) => ({ value, error })) }]);
  expect(of([1.1, 0.1])).toEqual([0.5 / 1.3, 2 * 1.3]);
  expect(of([0.25, 0.05], [7, 5])).toEqual([0.25 / 1.3, 2 * 1.3]);
  expect(of([0.001, 0.0001], [400, 4])).toEqual([0.05, 20]);
});
