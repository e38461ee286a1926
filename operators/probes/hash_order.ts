import { finishHash, hashKey, mixWord } from '../hash.js';
import { STREAM } from '../random/streams.js';
import type { ProbedEvents } from './types.js';

/**
 * The events in the order of a hash of (seed, key), then of the key: the same whatever order they are given in, for
 * searches that visit one after the other. Events with equal keys stay in the order given.
 */
export function hashOrder({ length, keyLo, keyHi }: ProbedEvents, seed: number): Int32Array {
  const salt = finishHash(mixWord(seed | 0, STREAM.probe), 1);
  const hash = Uint32Array.from({ length }, (_, i) => hashKey(salt, keyLo[i]!, keyHi[i]!));
  return Int32Array.from({ length }, (_, i) => i).sort(
    (a, b) => hash[a]! - hash[b]! || keyHi[a]! - keyHi[b]! || keyLo[a]! - keyLo[b]! || a - b,
  );
}

/** The events order[0], order[1], ... */
export const reordered = (events: ProbedEvents, order: Int32Array): ProbedEvents => ({
  length: order.length,
  keyLo: Uint32Array.from(order, (i) => events.keyLo[i]!),
  keyHi: Uint32Array.from(order, (i) => events.keyHi[i]!),
  x: events.x.map((column) => Float64Array.from(order, (i) => column[i]!)),
  sigma: events.sigma.map((column) => Float64Array.from(order, (i) => column[i]!)),
});
