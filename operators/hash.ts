/**
 * MurmurHash3 (x86, 32 bit; A. Appleby, public domain) of whole 32-bit words: the hash behind the event split and
 * every other choice that must depend on the event alone (law 1).
 */
export function mixWord(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** Last step of MurmurHash3 for `words` words mixed in; an unsigned 32-bit number. */
export function finishHash(h: number, words: number): number {
  h ^= 4 * words;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of two words, an event's key, under a seed. */
export function hashKey(seed: number, lo: number, hi: number): number {
  return finishHash(mixWord(mixWord(seed | 0, lo), hi), 2);
}
