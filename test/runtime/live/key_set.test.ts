import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeState } from '../../../operators/summaries/codec.js';
import {
  addKey,
  mergeKeys,
  newKeySet,
  restoreKeys,
  settleKeys,
  type KeySet,
  type SettledKeys,
} from '../../../runtime/live/key_set.js';
import { joinReference, keyWords, wholeKey } from '../../support/join_reference.js';
import { problemOf } from '../../support/problem_of.js';

const setOf = (keys: readonly bigint[], expected = 0): KeySet => {
  const set = newKeySet(3, 1000, expected);
  for (const key of keys) addKey(set, ...keyWords(key));
  return set;
};
const keysOf = ({ lo, hi }: SettledKeys): bigint[] => [...lo].map((word, i) => wholeKey(word, hi[i]!));

const key = fc.oneof(
  fc.bigInt(0n, 2n ** 64n - 1n),
  fc.bigInt(0n, 40n),
  fc.bigInt(0n, 40n).map((hi) => hi << 32n),
);
const keys = fc.array(key, { maxLength: 300 });

test('numpy.unique of the keys of the reference', () => {
  for (const { key, distinct } of Object.values(joinReference().logs))
    expect(keysOf(settleKeys(setOf(key.map(BigInt)))).map(String)).toEqual(distinct);
});

test('tells the first of a key from the others', () => {
  fc.assert(
    fc.property(keys, (list) => {
      const set = newKeySet(3, 1000);
      const seen = new Set<bigint>();
      for (const key of list) {
        expect(addKey(set, ...keyWords(key))).toBe(!seen.has(key));
        seen.add(key);
      }
      expect(set.size).toBe(seen.size);
      expect(keysOf(settleKeys(set))).toEqual([...seen].sort((a, b) => (a < b ? -1 : 1)));
    }),
  );
});

test('equal sets settle to equal bytes, and a restored set goes on as the set', () => {
  fc.assert(
    fc.property(keys, keys, fc.nat(500), (list, later, expected) => {
      const settled = settleKeys(setOf(list));
      expect(encodeState(settleKeys(setOf([...list].reverse(), expected)))).toEqual(encodeState(settled));
      const [set, restored] = [setOf(list), restoreKeys(structuredClone(settled), 1000)];
      expect(encodeState(settleKeys(restored))).toEqual(encodeState(settled));
      for (const key of later) expect(addKey(restored, ...keyWords(key))).toBe(addKey(set, ...keyWords(key)));
    }),
  );
});

test('a merged set is that of both, and counts what both had', () => {
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      const into = setOf(a);
      const shared = new Set(a.filter((key) => b.includes(key))).size;
      expect(mergeKeys(into, setOf(b))).toBe(shared);
      expect(settleKeys(into)).toEqual(settleKeys(setOf([...b, ...a])));
    }),
  );
});

test('is at most half full, and does not grow up to the size that was expected', () => {
  const many = Array.from({ length: 700 }, (_, i) => BigInt(i) << 32n);
  const grown = setOf(many);
  const ready = newKeySet(3, 1000, 700);
  const { slots } = ready;
  for (const key of many) addKey(ready, ...keyWords(key));
  expect(ready.slots).toBe(slots);
  expect(grown.slots.length).toBe(2 * 2048);
  expect(ready.slots.length).toBe(grown.slots.length);
});

test('a key beyond the bound is refused, one that is there is not', async () => {
  const set = newKeySet(17, 2);
  addKey(set, 0, 0);
  addKey(set, 1, 0);
  const problem = await problemOf(() => addKey(set, 2, 0));
  expect(problem.message).toBe(
    'window 17: more than 2 events of one partition to tell duplicates among; make windows smaller, or --set identity=position',
  );
  expect(problem.exitCode).toBe(2);
  expect(addKey(set, 1, 0)).toBe(false);
  expect(addKey(set, 0, 0)).toBe(false);
  expect(set.size).toBe(2);
  await problemOf(() => addKey(newKeySet(0, 0), 0, 0));
});
