import { philox } from '../random/philox.js';
import type { ProbedEvents } from './types.js';

/**
 * Fills `out` with numbers in (0, 1) on a grid of 2^-32, a hash of (seed, stream, event i, round, individual): below
 * 65,536 individuals, below 262,144 numbers.
 */
export function eventDraws(
  events: ProbedEvents,
  i: number,
  round: number,
  individual: number,
  seed: number,
  stream: number,
  out: Float64Array,
): void {
  for (let k = 0; k < out.length; k += 4) {
    philox(events.keyLo[i]!, events.keyHi[i]!, round, individual * 65536 + k / 4, seed, stream, words);
    for (let w = 0; w < 4 && k + w < out.length; w++) out[k + w] = (words[w]! + 0.5) * 2 ** -32;
  }
}

const words = new Uint32Array(4);
