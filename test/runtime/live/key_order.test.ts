import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOrder } from '../../../runtime/live/key_order.js';
import { joinReference, keyWords } from '../../support/join_reference.js';

const orderOf = (keys: readonly bigint[]): number[] => {
  const words = keys.map(keyWords);
  const lo = Uint32Array.from(words, ([x]) => x);
  const hi = Uint32Array.from(words, ([, x]) => x);
  return [...keyOrder(lo, hi, keys.length)];
};

test('numpy puts the keys of the reference in the same order', () => {
  for (const { key, distinct } of Object.values(joinReference().logs)) {
    const order = orderOf(key.map(BigInt));
    expect([...new Set(order.map((row) => key[row]))]).toEqual(distinct);
  }
});

test('rises, and equal keys stay in the order of the rows', () => {
  const key = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 5n), fc.constant(2n ** 63n));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const rows = keys.map((_, row) => row);
      const expected = rows.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
      expect(orderOf(keys)).toEqual(expected);
    }),
  );
});

test('orders the first n rows only', () => {
  const lo = Uint32Array.of(3, 2, 1, 0);
  expect([...keyOrder(lo, new Uint32Array(4), 3)]).toEqual([2, 1, 0]);
  expect([...keyOrder(lo, new Uint32Array(4), 0)]).toEqual([]);
});
