import { describe, expect, test } from 'vitest';
import { duration, fixed, general, percent, plain, rounded, toError } from '../../../operators/alerts/number_words.js';
import { formatEstimate } from '../../../sinks/page/client/shared/format_estimate.js';

/** `%.4g` of C's printf: printf '%.4g\n' 0.0123456 and so on. */
const GENERAL: readonly (readonly [number, string])[] = [
  [0, '0'],
  [1, '1'],
  [0.0123456, '0.01235'],
  [-1.23456, '-1.235'],
  [123456, '1.235e+05'],
  [99999, '1e+05'],
  [9999.4, '9999'],
  [0.0001, '0.0001'],
  [0.00001234, '1.234e-05'],
  [1e-7, '1e-07'],
  [1.5e300, '1.5e+300'],
  // Ties go to the even digit.
  [12345, '1.234e+04'],
  [12355, '1.236e+04'],
  [1234500, '1.234e+06'],
  [0.5, '0.5'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [NaN, 'NaN'],
];
test.each(GENERAL)('%d as %%.4g', (value, text) => {
  expect(general(value, 4)).toBe(text);
});

/** `%.{decimals}f` of C's printf. */
const FIXED: readonly (readonly [number, number, string])[] = [
  [0, 2, '0.00'],
  [-1.23456, 3, '-1.235'],
  [2.675, 2, '2.67'],
  // Ties go to the even digit.
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [-0.125, 2, '-0.12'],
  [0.5, 0, '0'],
  [1.5, 0, '2'],
  [-2.5, 0, '-2'],
  [-0.001, 2, '-0.00'],
  [123456.5, 0, '123456'],
  [Infinity, 1, '+Inf'],
  [NaN, 1, 'NaN'],
];
test.each(FIXED)('%d to %d decimals', (value, decimals, text) => {
  expect(fixed(value, decimals)).toBe(text);
});

test.each([
  [0.97, '1.0'],
  [5.04, '5.0'],
  [9.94, '9.9'],
  [9.96, '10'],
  [39.65, '40'],
])('%d errors', (value, text) => {
  expect(rounded(value)).toBe(text);
});

// Particle Data Group, Review of Particle Physics, Introduction 5.3: 0.827 ± 0.119 is 0.83 ± 0.12, with 0.367 it is 0.8 ± 0.4.
test.each([
  [0.827, 0.119, '0.83 ± 0.12'],
  [0.827, 0.367, '0.8 ± 0.4'],
  [-3.5821, 0.2755, '-3.58 ± 0.28'],
  [14.52, 0.96, '14.5 ± 1.0'],
  [309.9, 26.4, '310 ± 26'],
  [-1.2371, 0.0312, '-1.237 ± 0.031'],
  [0.012345, 0.0061, '0.012 ± 0.006'],
])('%d with an error of %d', (value, error, text) => {
  const say = toError(error);
  expect(`${say(value)} ± ${say(error)}`).toBe(text);
  expect(formatEstimate(value, error).replace('−', '-')).toBe(text);
});

test('without an error that there is a rule for: four digits', () => {
  for (const error of [0, NaN, 1e-5]) expect(toError(error)(-1.23456)).toBe('-1.235');
});

describe("as Prometheus' templates write them", () => {
  // prometheus/template/template_test.go, 2.42: humanizeDuration and humanizePercentage.
  const DURATIONS: readonly (readonly [number, string])[] = [
    [0, '0s'],
    [1, '1s'],
    [60, '1m 0s'],
    [3600, '1h 0m 0s'],
    [86400, '1d 0h 0m 0s'],
    [86400 + 3600, '1d 1h 0m 0s'],
    [-(86400 * 2 + 3600 * 3 + 60 * 4 + 5), '-2d 3h 4m 5s'],
    [899.99, '14m 59s'],
    [0.1, '100ms'],
    [0.0001, '100us'],
    [0.12345, '123.5ms'],
    [60.1, '1m 0s'],
    [12.345678, '12.35s'],
    [Infinity, '+Inf'],
    [NaN, 'NaN'],
  ];
  test.each(DURATIONS)('duration %d', (value, text) => {
    expect(duration(value)).toBe(text);
  });

  test.each([
    [-0.22222, '-22.22%'],
    [0, '0%'],
    [0.1234567, '12.35%'],
    [1.23456, '123.5%'],
  ])('percent %d', (value, text) => {
    expect(percent(value)).toBe(text);
  });

  test.each([
    [9999.4, '9999'],
    [10000, '10000'],
    [1234567, '1234567'],
    [-20000, '-2e+04'],
  ])('number %d', (value, text) => {
    expect(plain(value)).toBe(text);
  });
});
