import { describe, expect, test } from 'vitest';
import { normal } from '../../../operators/random/normal.js';
import { correctedBounds, withinBounds } from '../../../runtime/live/window_columns.js';

describe('bounds of the corrected core', () => {
  const raw = { low: [-2, -0.25], high: [3, 0.75] };

  test('are the raw ones without a correction, and as wide about 0 with one', () => {
    expect(correctedBounds(raw, false)).toEqual(raw);
    expect(correctedBounds(raw, true)).toEqual({ low: [-2.5, -0.5], high: [2.5, 0.5] });
    expect([...withinBounds(Float64Array.of(-9, 9, 0.5, 9), Uint16Array.of(0, 0, 1, 1), raw, 3)]).toEqual([-2, 3, 0.5]);
  });

  test('leave a corrected Gaussian unbiased, where the raw ones would not: φ(2) − 2 Q(2) − φ(3) + 3 Q(3) = 0.00811', () => {
    // A response of median and bias 0.5, width 1, once the bias is taken away.
    const n = 200_000;
    const delta = Float64Array.from({ length: n }, (_, i) => normal((i + 0.5) / n));
    const regime = new Uint16Array(n);
    const meanWithin = (corrects: boolean): number =>
      withinBounds(delta, regime, correctedBounds(raw, corrects), n).reduce((sum, x) => sum + x, 0) / n;
    expect(meanWithin(true)).toBeCloseTo(0, 9);
    expect(meanWithin(false)).toBeCloseTo(0.00810856, 6);
  });
});
