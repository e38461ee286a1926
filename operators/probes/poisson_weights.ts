import { philox } from '../random/philox.js';
import { STREAM } from '../random/streams.js';

/** P(X ≤ k) of a Poisson variable of mean 1, in units of 2^−32. */
const UP_TO: number[] = [];
for (let k = 0, term = 0.36787944117144233, sum = 0; k < 12; k++, term /= k) {
  sum += term;
  UP_TO.push(sum * 2 ** 32);
}
/** Replicas that one draw serves. */
export const REPLICAS_A_DRAW = 4;

/**
 * How often event i counts in replicas 4 · draw ... 4 · draw + 3 of a Poisson bootstrap, out[4i] ... out[4i + 3]:
 * Poisson of mean 1, a hash of (seed, event, draw), so that an event has the same weight in all that is compared,
 * and whatever the order. J. A. Hanley & B. MacGibbon, Comput. Methods Programs Biomed. 83 (2006) 57.
 */
export function poissonWeights(
  seed: number,
  draw: number,
  keyLo: Uint32Array,
  keyHi: Uint32Array,
  out: Uint8Array,
): void {
  const words = new Uint32Array(4);
  for (let i = 0; i < keyLo.length; i++) {
    // The last word of the counter keeps these apart from poissonReplicate, which has 0 there.
    philox(keyLo[i]!, keyHi[i]!, draw, 1, seed, STREAM.bootstrap, words);
    for (let r = 0; r < REPLICAS_A_DRAW; r++) {
      let k = 0;
      while (k < UP_TO.length && words[r]! >= UP_TO[k]!) k++;
      out[REPLICAS_A_DRAW * i + r] = k;
    }
  }
}
