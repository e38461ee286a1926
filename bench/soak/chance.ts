import { hashKey } from '../../operators/hash.js';

/** Numbers that look random, and are the same again for the same seed. */
export interface Chance {
  /** A whole number from 0 to n − 1. */
  readonly below: (n: number) => number;
  /** A number of milliseconds, from one up to the other. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly shuffle: <T>(list: readonly T[]) => T[];
}

export function chance(seed: number): Chance {
  let count = 0;
  const below = (n: number): number => hashKey(seed, count++, 0) % n;
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (from) => from[below(from.length)]!,
    shuffle: (list) => {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
  };
}
