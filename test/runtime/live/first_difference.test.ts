import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeState } from '../../../operators/summaries/codec.js';
import { firstDifference } from '../../../runtime/live/first_difference.js';

describe('first difference', () => {
  it.each<[unknown, unknown, string, string, string]>([
    [1, 2, '', '1', '2'],
    [0, -0, '', '0', '-0'],
    [1, 1n, '', '1', '1n'],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, 'b', '2', '3'],
    [{ b: 2, a: 1 }, { b: 3, a: 0 }, 'a', '1', '0'],
    [{ a: undefined }, {}, 'a', 'undefined', 'absent'],
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'y' }] }, 'a[1].b', '"x"', '"y"'],
    [{ n: new Float64Array([1, 2]) }, { n: new Float64Array([1, 3]) }, 'n[1]', '2', '3'],
    [{ n: new Float64Array([1]) }, { n: new Float64Array([1, 2]) }, 'n', 'Float64Array of 1', 'Float64Array of 2'],
    [{ n: new Float64Array([1]) }, { n: new Float32Array([1]) }, 'n', 'Float64Array of 1', 'Float32Array of 1'],
    [[1], [1, 2], '', 'list of 1', 'list of 2'],
    [null, { b: 1, a: 1 }, '', 'null', '{ a, b }'],
  ])('of %o and %o', (a, b, path, left, right) => {
    expect(firstDifference(a, b)).toEqual({ path, a: left, b: right });
    expect(firstDifference(b, a)).toEqual({ path, a: right, b: left });
  });

  it('is null for the same bits', () => {
    for (const value of [NaN, -0, null, 'x', [1, [2]], { a: new Float64Array([NaN, -0]) }]) {
      expect(firstDifference(value, structuredClone(value))).toBeNull();
    }
  });

  it('is null exactly where the encoded bytes are equal', () => {
    const plain = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const same = Buffer.compare(encodeState(a), encodeState(b)) === 0;
        expect(firstDifference(a, b) === null).toBe(same);
        expect(firstDifference(a, structuredClone(a))).toBeNull();
      }),
    );
  });
});
