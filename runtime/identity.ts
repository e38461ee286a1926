import { double, LOWER, UPPER, words } from '../operators/double_words.js';
import { finishHash, mixWord } from '../operators/hash.js';

/** Parts of an event's identity that are not columns of the pipeline. */
export const POSITION = 'position';
export const SAMPLE = 'sample';

export interface IdentityParts {
  /** Names: columns, `position`, `sample`. */
  readonly names: readonly string[];
  /** 64 bits that name the sample (samples.ts): they take part in `position` and `sample`. */
  readonly salt: readonly [number, number];
}

/**
 * A 64-bit key for each event. One column: the bits of its value, so equal keys are equal values. Otherwise two
 * MurmurHash3 under different seeds (n events collide with probability n² / 2^65).
 */
export function identityKeys(
  { names, salt }: IdentityParts,
  columns: ReadonlyMap<string, Float64Array>,
  positions: Float64Array,
  length: number,
): { keyLo: Uint32Array; keyHi: Uint32Array } {
  const keyLo = new Uint32Array(length);
  const keyHi = new Uint32Array(length);
  const parts = names.flatMap((name) => (name === SAMPLE ? [] : [name === POSITION ? positions : columns.get(name)!]));
  const salted = names.includes(POSITION) || names.includes(SAMPLE);
  if (parts.length === 1 && !salted) {
    const [x] = parts;
    for (let i = 0; i < length; i++) {
      double[0] = x![i]! + 0;
      keyLo[i] = words[LOWER]!;
      keyHi[i] = words[UPPER]!;
    }
    return { keyLo, keyHi };
  }
  const saltWords = salted ? salt : [];
  const count = saltWords.length + 2 * parts.length;
  const [startLo, startHi] = [1, 2].map((seed) => saltWords.reduce(mixWord, seed));
  for (let i = 0; i < length; i++) {
    let lo = startLo!;
    let hi = startHi!;
    for (const x of parts) {
      double[0] = x[i]! + 0;
      lo = mixWord(mixWord(lo, words[LOWER]!), words[UPPER]!);
      hi = mixWord(mixWord(hi, words[LOWER]!), words[UPPER]!);
    }
    keyLo[i] = finishHash(lo, count);
    keyHi[i] = finishHash(hi, count);
  }
  return { keyLo, keyHi };
}

/** Whether the identity can repeat at all: a position in a sample cannot. */
export const canRepeat = (names: readonly string[]): boolean => !names.includes(POSITION);
