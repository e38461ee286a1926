import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishHash, hashKey, mixWord } from '../../operators/hash.js';

interface Vector {
  readonly words: number[];
  readonly seed: number;
  readonly hash: number;
}
const vectors = JSON.parse(readFileSync('test/fixtures/hash/murmur3.json', 'utf8')) as Vector[];

it.each(vectors)('is MurmurHash3_x86_32 of $words under $seed', ({ words, seed, hash }) => {
  expect(finishHash(words.reduce(mixWord, seed | 0), words.length)).toBe(hash);
  if (words.length === 2) expect(hashKey(seed, words[0]!, words[1]!)).toBe(hash);
});

it('has the published values', () => {
  const text = (word: string): number => Buffer.from(word).readUInt32LE();
  expect(finishHash(mixWord(0, text('test')), 1)).toBe(0xba6bd213);
  expect(finishHash(mixWord(0x9747b28c | 0, text('test')), 1)).toBe(0x704b81dc);
  expect(finishHash(mixWord(0x9747b28c | 0, text('aaaa')), 1)).toBe(0x5a97808a);
  expect(finishHash(1, 0)).toBe(0x514e28b7);
});

it('is an unsigned word, of words signed or not', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(word, word, word, (seed, lo, hi) => {
      const h = hashKey(seed, lo, hi);
      expect(Number.isInteger(h) && h >= 0 && h < 2 ** 32).toBe(true);
      expect(hashKey(seed | 0, lo | 0, hi | 0)).toBe(h);
    }),
  );
});
