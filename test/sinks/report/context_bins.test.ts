import { expect, test } from 'vitest';
import { contextBins, reach, type ContextRow } from '../../../sinks/report/context_bins.js';

const row = (low: number | null, high: number | null, n: number, bias = 0, error: number | null = 0): ContextRow => ({
  variable: 'x',
  low,
  high,
  n,
  effectiveN: n,
  bias: { value: n === 0 ? null : bias, error },
  median: { value: null, error: null },
  sigma68: { value: null, error: null },
  meanAbsolute: { value: null, error: null },
});

test('empty ends are cut, flow bins get a strip beside the axis', () => {
  const { bins, under, over, domain } = contextBins(
    [row(null, 0, 0), row(0, 10, 5), row(10, 20, 0), row(20, 30, 7), row(30, null, 2)],
    600,
  )!;
  expect(under).toBeNull();
  expect(over).toEqual({ low: 30, high: 31.5 });
  expect(domain).toEqual([0, 31.5]);
  expect(bins.map(({ low, high, row: { n } }) => [low, high, n])).toEqual([
    [0, 10, 5],
    [10, 20, 0],
    [20, 30, 7],
    [30, 31.5, 2],
  ]);
});

test('nothing is placed if there is no event within the axis', () => {
  expect(contextBins([row(null, 0, 0), row(0, 10, 0), row(10, null, 0)], 600)).toBeNull();
  expect(contextBins([row(null, 0, 4), row(0, 10, 0), row(10, null, 0)], 600)).toBeNull();
});

test('the range holds the bins of enough events with their errors, and the base', () => {
  const place = contextBins([row(0, 1, 100, -0.02, 0.01), row(1, 2, 50, 0.01, 0.01), row(2, 3, 5, 9, 1)], 600)!;
  const [low, high] = reach(place.bins, [({ bias }) => bias], 0);
  expect(low).toBeCloseTo(-0.03 - 0.08 * 0.05, 12);
  expect(high).toBeCloseTo(0.02 + 0.08 * 0.05, 12);
});

test('if most bins have few events, all of them count', () => {
  const place = contextBins([row(0, 1, 100, 0.1), row(1, 2, 5, 0.9), row(2, 3, 5, 0.2)], 600)!;
  expect(reach(place.bins, [({ bias }) => bias], 0)[1]).toBeGreaterThan(0.9);
});
