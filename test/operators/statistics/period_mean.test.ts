import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { periodMean, type Measurement } from '../../../operators/statistics/period_mean.js';
import { near } from './reference.js';

interface Case {
  readonly windows: Measurement[];
  readonly value: number;
  readonly error: number;
  readonly chi2: number;
  readonly logP: number;
}
/** What NumPy and SciPy make of the same (test/fixtures/statistics/periods.py). */
const { means } = JSON.parse(readFileSync('test/fixtures/statistics/periods.json', 'utf8')) as { means: Case[] };

test.each(means)('the mean of the parts is that of the whole, and their scatter Q = $chi2', (one) => {
  const found = periodMean(one.windows);
  near(found.value!, one.value, 1e-12);
  near(found.error!, one.error, 1e-12);
  near(found.scatter!.chi2, one.chi2, 1e-9);
  near(found.scatter!.logP, one.logP, 1e-9);
  expect(found).toMatchObject({ windows: 6, n: one.windows.reduce((sum, { n }) => sum + n, 0) });
});

test('windows without the quantity are left out; without any it is unknown', () => {
  const known = { value: 2, error: 0.5, n: 10 };
  const missing: Measurement[] = [
    { value: null, error: null, n: 100 },
    { value: 7, error: null, n: 1 },
    { value: 7, error: 1, n: 0 },
  ];
  expect(periodMean([...missing, known])).toEqual({ value: 2, error: 0.5, n: 10, windows: 1, scatter: null });
  expect(periodMean(missing)).toMatchObject({ value: null, error: null, windows: 0, scatter: null });
  expect(periodMean([]).reason).toBe('no window has it');
});
