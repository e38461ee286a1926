import { filterChunk, type SkimChunk } from '../skim.js';
import { WINDOW } from '../pipeline_plan.js';
import { passFloor, type Floor } from './floor.js';
import { addKey, newKeySet } from './key_set.js';
import type { OpenWindow, Partition } from './partition.js';

/** Most identities of a window in a partition among which duplicates are told. */
export const MOST_KEYS = 2 ** 23;

/** The rows that count: late ones, and duplicates inside a window, are left out and counted. */
export function sift(
  partition: Partition,
  floor: Floor,
  chunk: SkimChunk,
  mayRepeat: boolean,
): { kept: SkimChunk; late: number; duplicate: number } {
  const { length: n, keyLo, keyHi } = chunk;
  const window = chunk.columns.get(WINDOW)!;
  const out = new Uint8Array(n);
  const late = passFloor(floor, window, n, out);
  let duplicate = 0;
  if (mayRepeat) {
    let last: OpenWindow | null = null;
    for (let i = 0; i < n; i++) {
      if (out[i] === 1) continue;
      // While messages are read again, windows that were filled have their keys from the checkpoint: no row of theirs is new.
      if (partition.again !== null && window[i]! <= partition.through) continue;
      if (last?.number !== window[i]!) last = openWindow(partition, window[i]!);
      last.keys ??= newKeySet(last.number, MOST_KEYS, largest(partition));
      if (addKey(last.keys, keyLo[i]!, keyHi[i]!)) continue;
      out[i] = 1;
      duplicate++;
    }
  }
  if (late + duplicate === 0) return { kept: chunk, late, duplicate };
  for (let i = 0; i < n; i++) out[i] = 1 - out[i]!;
  return { kept: filterChunk(chunk, out), late, duplicate };
}

/** Keys of the fullest window there is: the next one is likely to have about as many. */
const largest = ({ windows }: Partition): number =>
  [...windows.values()].reduce((most, { keys }) => Math.max(most, keys?.size ?? 0), 0);

/** The window of this number, opened if it is not. */
export function openWindow({ windows }: Partition, number: number): OpenWindow {
  const known = windows.get(number);
  if (known) return known;
  const made: OpenWindow = { number, events: 0, keys: null, book: null };
  windows.set(number, made);
  return made;
}
