import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearTicks, logTicks } from '../../../../../sinks/page/client/shared/ticks.js';

const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label).filter((label) => label !== '');

test('linear ticks are round numbers', () => {
  expect(labels(linearTicks(60, 120, 6))).toEqual(['60', '70', '80', '90', '100', '110', '120']);
  expect(labels(linearTicks(-0.011, 0.004, 4))).toEqual(['−0.010', '−0.005', '0.000']);
  expect(labels(linearTicks(0, 3000, 4))).toEqual(['0', '1,000', '2,000', '3,000']);
  expect(linearTicks(1, 1, 5)).toEqual([]);
});

test('from a million on they are powers of ten', () => {
  expect(labels(linearTicks(0, 2.4e6, 5))).toEqual(['0.0', '0.5×10⁶', '1.0×10⁶', '1.5×10⁶', '2.0×10⁶']);
});

test('linear ticks lie within, apart from each other by the same step, and are no more than asked for', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (low, length, count) => {
        const ticks = linearTicks(low, low + length, count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        const slack = 1e-6 * length;
        for (const { at } of ticks) {
          expect(at).toBeGreaterThanOrEqual(low - slack);
          expect(at).toBeLessThanOrEqual(low + length + slack);
        }
        expect(new Set(labels(ticks)).size).toBe(ticks.length);
      },
    ),
  );
});

test('logarithmic ticks are powers of ten', () => {
  expect(labels(logTicks(0.5, 2e4))).toEqual(['1', '10', '10²', '10³', '10⁴']);
  expect(labels(logTicks(5e-4, 0.5))).toEqual(['10⁻³', '10⁻²', '10⁻¹']);
  expect(logTicks(1, 1000).filter(({ label }) => label === '')).toHaveLength(3 * 8);
});

test('2 and 5 times them over less than three decades, where there is room', () => {
  expect(labels(logTicks(1, 60, 400))).toEqual(['1', '2', '5', '10', '20', '50']);
  expect(labels(logTicks(1136, 138000, 88))).toEqual(['10,000', '100,000']);
});

test('many decades in few pixels: fewer labels, and none of the ticks between', () => {
  const ticks = logTicks(1, 1e8, 80);
  expect(labels(ticks)).toEqual(['1', '10²', '10⁴', '10⁶', '10⁸']);
  expect(ticks).toHaveLength(9);
});
