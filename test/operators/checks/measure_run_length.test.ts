import { expect, it } from 'vitest';
import {
  measureRunLength,
  windowWithoutDrift,
  type RunLength,
  type RunLengthConfig,
} from '../../../operators/checks/measure_run_length.js';
import type { Shape } from '../../../operators/checks/shapes.js';
import { thresholdFor } from '../../../operators/checks/run_length.js';
import { problemOf } from '../../support/problem_of.js';

const WANTED = 60;
const CHECKS = 4;

function measured(given: Partial<RunLengthConfig>): RunLength {
  const config = {
    check: 'cusum',
    k: 0.5,
    learn: 8,
    follow: true,
    trust: 20,
    shape: 'gauss',
    events: 60,
    ...given,
  } as const;
  const { check, k, learn, follow } = config;
  const h = thresholdFor({ check, k, runLength: WANTED, checks: CHECKS, ...(follow ? {} : { learn }) });
  return measureRunLength({ h, checks: CHECKS, runs: 80, seed: 4, longest: 50 * WANTED, ...config });
}

const held = ({ mean, error }: RunLength): void => {
  expect(mean + 3 * error).toBeGreaterThan(WANTED);
};

it.each<[Shape, number]>([
  ['gauss', 20],
  ['student', 60],
  ['radiative', 60],
])('a family of checks has the run length wanted for δ of shape %s', (shape, events) => {
  for (const check of ['cusum', 'page_hinkley'] as const) {
    const found = measured({ check, shape, events });
    held(found);
    expect(found.mean - 4 * found.error).toBeLessThan(1.6 * WANTED);
  }
});

it.each<Partial<RunLengthConfig>>([
  { trust: Infinity },
  { trust: 0 },
  { follow: false, learn: 40, trust: Infinity },
  { follow: false, learn: 40, check: 'page_hinkley' },
  { k: 1, shape: 'radiative', events: 100 },
])('and however the baseline is learned: %o', (given) => {
  held(measured(given));
});

it('is far from it when the error of a learned mean is not allowed for', () => {
  const h = thresholdFor({ check: 'cusum', k: 0.5, runLength: WANTED, checks: CHECKS });
  const found = measured({ follow: false, learn: 8, trust: Infinity, h });
  expect(found.mean + 5 * found.error).toBeLessThan(WANTED);
});

it('depends on the seed alone, and says how many runs were cut short', () => {
  const config = { learn: 8, events: 10, runs: 20, longest: 30 };
  expect(measured(config)).toEqual(measured(config));
  expect(measured({ ...config, seed: 5 })).not.toEqual(measured(config));
  expect(measured(config).censored).toBeGreaterThan(0);
});

it('measures the mean of a window with its error', () => {
  const { value, error, n } = windowWithoutDrift('student', 100_000, 0, 0, 1);
  expect(Math.abs(value!)).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(n));
  expect((error! * Math.sqrt(n)) / Math.SQRT2).toBeCloseTo(1, 1);
});

it('refuses what cannot be simulated', async () => {
  expect((await problemOf(() => measured({ runs: 1 }))).message).toContain('1 runs of 4 checks');
});
