import { describe, expect, it } from 'vitest';
import { elements, REDUCTIONS } from '../../../operators/expressions/reductions.js';

const values = Float64Array.of(3, 1, 2, -0, NaN, 5, -Infinity);
const offsets = Int32Array.of(0, 3, 3, 4, 6, 7);
const filled = (fill: (out: Float64Array) => void): number[] => {
  const out = new Float64Array(5);
  fill(out);
  return [...out];
};

describe('reductions', () => {
  // By hand: lists [3, 1, 2], [], [-0], [NaN, 5], [-Infinity].
  it.each([
    ['sum', [6, 0, 0, NaN, -Infinity]],
    ['count', [3, 0, 1, 2, 1]],
    ['true_count', [3, 0, 0, 2, 1]],
    ['min', [1, NaN, -0, NaN, -Infinity]],
    ['max', [3, NaN, -0, NaN, -Infinity]],
  ] as const)('%s', (name, expected) => {
    expect(
      filled((out) => {
        REDUCTIONS[name](out, 5, values, offsets);
      }),
    ).toEqual(expected);
  });

  it('takes elements from both ends', () => {
    const at = (index: number) =>
      filled((out) => {
        elements(out, 5, values, offsets, index);
      });
    expect(at(0)).toEqual([3, NaN, -0, NaN, -Infinity]);
    expect(at(1)).toEqual([1, NaN, NaN, 5, NaN]);
    expect(at(-1)).toEqual([2, NaN, -0, 5, -Infinity]);
    expect(at(-3)).toEqual([3, NaN, NaN, NaN, NaN]);
    expect(at(-4)).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });
});
