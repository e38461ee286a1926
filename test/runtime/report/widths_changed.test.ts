import { expect, test } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { moments, type MomentsState } from '../../../operators/summaries/moments.js';
import { widthsChanged } from '../../../runtime/report/widths_changed.js';

const bits = new Uint32Array(4);
const gauss = (i: number, group: number, seed: number): number => {
  philox(i, group, 0, 0, seed, 8, bits);
  return normal(uniform(bits[0]!, bits[1]!));
};

/** Pulls of `windows` windows of two regimes, `n` in each; `width` of the pull by window and regime. */
function pulls(
  windows: number,
  n: number,
  width: (window: number, regime: number) => number,
  seed: number,
): MomentsState {
  const state = moments.create({ groups: 2 * windows, weighted: false, wide: true });
  for (let g = 0; g < 2 * windows; g++) {
    const x = Float64Array.from({ length: n }, (_, i) => 0.1 + width(Math.floor(g / 2), g % 2) * gauss(i, g, seed));
    moments.fill(state, { length: n, columns: [x], group: new Uint16Array(n).fill(g), weight: null });
  }
  moments.settle(state);
  return state;
}

test('a change of width is found in its regime, with the size that a Gaussian gives it', () => {
  // Variance 1 → 1.21, errors √(2/n): 4,000 events on each side make 0.21 / (√2 √(1/4000 + 1/4000)) = 6.6 sigma.
  const found = [1, 2, 3, 4, 5, 6].map((seed) =>
    widthsChanged(
      pulls(40, 200, (window, regime) => (regime === 1 && window >= 20 ? 1.1 : 1), seed),
      2,
      20,
    ),
  );
  const mean = (r: number): number => found.reduce((sum, each) => sum + each[r]!, 0) / found.length;
  expect(mean(1)).toBeGreaterThan(4.5);
  expect(mean(1)).toBeLessThan(9);
  expect(Math.max(...found.map(([first]) => first!))).toBeLessThan(3.5);
});

test('a shift of the mean is no change of width, and units cancel', () => {
  const state = pulls(12, 100, () => 1, 1);
  const large = pulls(12, 100, () => 1000, 1);
  widthsChanged(state, 2, 6).forEach((sigma, r) => {
    expect(sigma).toBeLessThan(4);
    expect(widthsChanged(large, 2, 6)[r]! / sigma).toBeCloseTo(1, 6);
  });
});

test('too few windows, or none after, tell nothing', () => {
  const state = pulls(6, 50, () => 1, 2);
  expect(widthsChanged(state, 2, 2)).toEqual([0, 0]);
  expect(widthsChanged(state, 2, 6)).toEqual([0, 0]);
  expect(
    widthsChanged(
      pulls(6, 1, () => 1, 2),
      2,
      4,
    ),
  ).toEqual([0, 0]);
});
