import { describe, expect, it } from 'vitest';
import { average, middle, share } from '../../../bench/toys/row.js';

describe('share', () => {
  it('has the binomial error, also for none', () => {
    expect(share('null', 'x', 50, 200, 0.3)).toMatchObject({ what: 'x', value: 0.25, stated: 0.3, n: 200 });
    expect(share('null', 'x', 50, 200).error).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 200), 3);
    expect(share('null', 'x', 0, 200).error).toBeGreaterThan(0.002);
    expect(share('null', 'x', 0, 0)).toEqual({ study: 'null', what: 'x', value: null, error: null, n: 0 });
  });
});

describe('average', () => {
  it('has the error s / √n', () => {
    expect(average('onset', 'x', [1, 2, 3, 6])).toEqual({
      study: 'onset',
      what: 'x',
      value: 3,
      error: Math.sqrt(14 / 12),
      n: 4,
    });
    expect(average('onset', 'x', [1])).toMatchObject({ value: 1, error: null });
    expect(average('onset', 'x', [])).toMatchObject({ value: null, error: null, n: 0 });
  });
});

describe('middle', () => {
  it('is the median, with its error from the ranks about it', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    expect(middle('onset', 'x', values)).toEqual({ study: 'onset', what: 'x', value: 49.5, error: 5, n: 100 });
    expect(middle('onset', 'x', [3, 1, 2]).value).toBe(2);
    expect(middle('onset', 'x', [])).toMatchObject({ value: null, error: null });
  });
});
