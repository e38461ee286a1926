import { describe, expect, it } from 'vitest';
import { outputShift } from '../../../operators/probes/output_shift.js';
import { merit } from './merit.js';

const { x, mean, error, sigma68 } = merit.shift;

describe('output shift', () => {
  const shift = Float64Array.of(...x, ...x.map((value) => -2 * value), NaN, Infinity);
  const group = Uint16Array.from(shift, (_, i) => (i < x.length ? 0 : i < 2 * x.length ? 2 : 1));
  const [all, first, second, third] = outputShift(shift, group, 3);

  it('has the mean and width of NumPy by regime', () => {
    expect(first!.mean.value).toBeCloseTo(mean, 13);
    expect(first!.mean.error).toBeCloseTo(error, 13);
    expect(first!.sigma68.value).toBeCloseTo(sigma68, 4);
    expect(third!.mean.value).toBeCloseTo(-2 * mean, 13);
    expect(third!.sigma68.value).toBeCloseTo(2 * sigma68, 4);
    expect(first!.sigma68.error).toBeGreaterThan(0);
  });

  it('leaves out what is no finite number, and counts it', () => {
    expect(second).toMatchObject({ regime: 1, leftOut: 2, mean: { value: null, reason: 'no events' } });
    expect(first!.leftOut).toBe(0);
    expect(all!.leftOut).toBe(2);
  });

  it('has all regimes first, as if they were one', () => {
    const together = outputShift(shift, new Uint16Array(shift.length), 1);
    expect(together[0]).toEqual(all);
    expect(together[1]!.mean).toEqual(all!.mean);
    expect(all!.regime).toBe('all');
  });

  it('does not depend on the order of the events', () => {
    expect(outputShift(shift.slice().reverse(), group.slice().reverse(), 3)).toEqual([all, first, second, third]);
  });

  it('knows no width beyond 50 units', () => {
    const far = outputShift(new Float64Array(10).fill(80), new Uint16Array(10), 1)[0]!;
    expect(far.mean.value).toBe(80);
    expect(far.sigma68).toMatchObject({ value: null, reason: 'above the histogram' });
  });
});
