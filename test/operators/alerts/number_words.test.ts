import { describe, expect, test } from 'vitest';
import { duration, general, percent, plain } from '../../../operators/alerts/number_words.js';

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
