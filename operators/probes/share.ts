import { wilson } from '../response/wilson.js';

/** k of n events, with the Wilson interval of 68 %. value null: n is 0, and the interval is [0, 1]. */
export interface Share {
  readonly k: number;
  readonly n: number;
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
}

/** E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927) 209: see response/wilson.ts. */
export const share = (k: number, n: number): Share => ({
  k,
  n,
  value: n === 0 ? null : k / n,
  ...wilson(n === 0 ? 0 : k / n, n),
});
