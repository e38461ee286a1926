import { wireDecoder } from '../../sources/wire/decoder.js';
import { WIRE_LIMITS } from '../../sources/wire/types.js';
import { hostileMessages } from './hostile.js';
import { mutate, words } from './mutate.js';
import { seeds } from './seeds.js';

export interface Fuzzed {
  readonly messages: number;
  readonly read: number;
  readonly events: number;
  readonly bad: Record<string, number>;
  readonly slowest: { readonly number: number; readonly ms: number };
  readonly peakMegabytes: number;
}

const EVERY = 1000;

/** A reason without its numbers and names. */
const kind = (reason: string): string =>
  reason
    .replace(/'.*'/g, "'…'")
    .replace(/\b[0-9a-f]{16}\b/g, '…')
    .replace(/begins with [0-9a-f]*/, 'begins with …')
    .replace(/-?\d[\d.e+]*/g, 'N');

/** Decodes messages 0 to `count`, every other one Avro; `alive` is called now and then with the number reached. */
export async function fuzz(
  count: number,
  seed: number,
  alive: (number: number) => void,
  more: readonly Buffer[] = [],
): Promise<Fuzzed> {
  const { avro, arrow, schemas, needed } = seeds(more);
  const decoder = wireDecoder({ needed, schemas, limits: WIRE_LIMITS });
  const word = words(seed);
  const bad: Record<string, number> = {};
  let [read, events, peak] = [0, 0, 0];
  let slowest = { number: -1, ms: 0 };
  for (let number = 0; number < count; number++) {
    const half = number >> 1;
    const value =
      number % 2 === 0
        ? mutate(avro[half % avro.length]!, word)
        : hostileMessages(arrow, seed * 2 ** 32 + half, 1)[0]!.value;
    let start = performance.now();
    const found = await decoder.decode([{ offset: number, value }]);
    let ms = performance.now() - start;
    if (ms > slowest.ms) {
      // Once more: the machine may have been busy with something else.
      start = performance.now();
      await decoder.decode([{ offset: number, value }]);
      ms = Math.min(ms, performance.now() - start);
    }
    if (ms > slowest.ms) slowest = { number, ms: Math.round(100 * ms) / 100 };
    const rows = found.batches.reduce((sum, { length }) => sum + length, 0);
    if (found.bad.length > 1 || (found.bad.length === 1 && rows > 0))
      throw new Error(`message ${number}: read and bad`);
    events += rows;
    if (found.bad.length === 0) read++;
    else bad[kind(found.bad[0]!.reason)] = (bad[kind(found.bad[0]!.reason)] ?? 0) + 1;
    if (number % EVERY > 0) continue;
    peak = Math.max(peak, process.memoryUsage.rss());
    alive(number);
  }
  return { messages: count, read, events, bad, slowest, peakMegabytes: Math.round(peak / 2 ** 20) };
}
