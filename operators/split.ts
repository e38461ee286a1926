import { hashKey } from './hash.js';

export interface SplitConfig {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

/** Numbers of the splits in every state, in this order. */
export const SPLITS = ['train', 'validation', 'test'] as const;

/**
 * Puts each event into train (0), validation (1) or test (2) by the hash of its key: u = hash / 2^32 against the
 * running sum of the fractions, so an event keeps its split whatever file, worker or order it comes in.
 */
export function assignSplit(
  { train, validation, seed }: SplitConfig,
  keyLo: Uint32Array,
  keyHi: Uint32Array,
  length: number,
  out: Uint8Array,
): void {
  const first = train * 2 ** 32;
  const second = (train + validation) * 2 ** 32;
  for (let i = 0; i < length; i++) {
    const h = hashKey(seed, keyLo[i]!, keyHi[i]!);
    out[i] = h < first ? 0 : h < second ? 1 : 2;
  }
}
