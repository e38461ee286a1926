import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatEstimate,
  formatInterval,
  formatNumber,
  formatPlain,
  formatProbability,
  formatShare,
  formatTo,
  raised,
} from '../../../../../sinks/page/client/shared/format_estimate.js';

describe('formatEstimate', () => {
  // The first five are the examples of the Particle Data Group's rule (Review of Particle Physics, Introduction 5.3):
  // leading digits of the error 100–354 keep two, 355–949 one, 950–999 are rounded up to 1000 and keep two.
  test.each([
    [0.827, 0.119, '0.83 ± 0.12'],
    [0.827, 0.367, '0.8 ± 0.4'],
    [0.827, 0.0951, '0.83 ± 0.10'],
    [91.18763, 0.00211, '91.1876 ± 0.0021'],
    [-0.01543, 0.00058, '−0.0154 ± 0.0006'],
    [1234567, 3456, '1,234,600 ± 3,500'],
    [1234567, 45678, '1,230,000 ± 50,000'],
    [0, 0.02, '0.000 ± 0.020'],
    [-0.0001, 0.02, '0.000 ± 0.020'],
    [5, 0, '5 ± 0'],
    [5.123456, null, '5.123'],
    [5, NaN, '5'],
    [5, Infinity, '5'],
    [null, 0.1, '—'],
    [NaN, 0.1, '—'],
    [Infinity, 1, '—'],
    [1.234e-12, 5.6e-14, '(1.23 ± 0.06)e−12'],
  ])('%s ± %s is %s', (value, error, text) => {
    expect(formatEstimate(value, error)).toBe(text);
  });

  test('what is printed is off by at most half of the last digit, and that is at most a seventh of the error', () => {
    const read = (text: string) => Number(text.replaceAll(',', '').replace('−', '-'));
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e5, noNaN: true }),
        (value, error) => {
          const [shown, spread] = formatEstimate(value, error).split(' ± ').map(read);
          expect(Math.abs(shown! - value)).toBeLessThanOrEqual(error / 7);
          expect(Math.abs(spread! - error)).toBeLessThanOrEqual(error / 7);
        },
      ),
    );
  });
});

test.each([
  [0.43118, 0.4295, 0.4329, '43.12 ± 0.17 %'],
  [0.003, 0.0018, 0.0051, '0.30 +0.21 −0.12 %'],
  [0, 0, 0.006, '0.0 +0.6 −0.0 %'],
  [0.25, null, null, '25 %'],
  [null, null, null, '—'],
])('a share of %s in [%s, %s] is %s', (value, low, high, text) => {
  expect(formatShare(value, low, high)).toBe(text);
});

test('numbers have grouped digits and a true minus sign, and no negative zero', () => {
  expect(formatCount(1234567)).toBe('1,234,567');
  expect(formatNumber(-12345.6, 1)).toBe('−12,345.6');
  expect(formatNumber(-0.001, 2)).toBe('0.00');
  expect(formatPlain(0.05)).toBe('0.05');
  expect(formatPlain(-1234.56)).toBe('−1,235');
  expect(formatPlain(1.5e-9)).toBe('1.5e−9');
});

test.each([
  [309.92, 295.5, 336.1, '310 +26 −14'],
  [48.8, 33.1, 91.9, '49 +43 −16'],
  [0.1527, 0.1017, 0.2297, '0.153 +0.077 −0.051'],
  [5, 5, 5, '5'],
])('%s within [%s, %s] is %s, to two digits of the longer arm', (value, low, high, text) => {
  expect(formatInterval(value, low, high)).toBe(text);
});

test('numbers to two digits of the width of an interval, or to four', () => {
  expect(formatTo(26.2, 309.92, 295.5)).toEqual(['310', '296']);
  expect(formatTo(0, 309.92)).toEqual(['309.9']);
});

test('a probability has two digits, whatever its size', () => {
  expect([0.043, 1, 4.02e-26, 0, 0.001].map(formatProbability)).toEqual([
    '0.043',
    '1',
    '4.0×10⁻²⁶',
    '< 10⁻³⁰⁰',
    '0.001',
  ]);
  expect(formatProbability(null)).toBe('—');
  expect(raised(-120)).toBe('⁻¹²⁰');
});
