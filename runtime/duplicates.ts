import { double, LOWER, UPPER, words } from '../operators/double_words.js';
import { hashKey } from '../operators/hash.js';
import type { SkimChunk } from './skim.js';

/** Least and greatest identity of a slice; `rising`: every event's is greater than the one before, so none repeats. */
export interface IdentityRange {
  readonly first: number;
  readonly last: number;
  readonly rising: boolean;
}

/** Keys of the events that fall in one part of the key space, and where these events are. */
export interface KeyList {
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly sample: Uint32Array;
  readonly position: Float64Array;
}

/** Events to leave out: rising positions by sample. */
export type Drops = Readonly<Record<number, Float64Array>>;

const KEY_SEED = 0x5eed;

/** Extends the range by a chunk whose keys are the bits of one column (identity.ts). */
export function extendRange(range: IdentityRange | null, { keyLo, keyHi, length }: SkimChunk): IdentityRange | null {
  let { first, last, rising } = range ?? { first: Infinity, last: -Infinity, rising: true };
  for (let i = 0; i < length; i++) {
    words[LOWER] = keyLo[i]!;
    words[UPPER] = keyHi[i]!;
    const value = double[0]!;
    if (!(value > last)) rising = false;
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return length === 0 ? range : { first, last, rising };
}

/** False if the ranges alone show that no identity repeats: each is known and rises, and they do not overlap. */
export function mayRepeat(ranges: readonly (IdentityRange | null)[]): boolean {
  const known = ranges.filter((range) => range !== null).sort((a, b) => a.first - b.first);
  if (known.length < ranges.length) return true;
  return known.some((range, i) => !range.rising || (i > 0 && range.first <= known[i - 1]!.last));
}

/** The keys whose hash falls in `part` of `parts`: a part is looked through at a time, to bound the memory. */
export function collectKeys(chunks: Iterable<SkimChunk>, part: number, parts: number): KeyList {
  const lists: KeyList[] = [];
  for (const { sample, length, keyLo, keyHi, position } of chunks) {
    const rows = new Uint32Array(length);
    let found = 0;
    for (let i = 0; i < length; i++) {
      if (hashKey(KEY_SEED, keyLo[i]!, keyHi[i]!) % parts === part) rows[found++] = i;
    }
    const list = emptyList(found);
    for (let at = 0; at < found; at++) {
      list.keyLo[at] = keyLo[rows[at]!]!;
      list.keyHi[at] = keyHi[rows[at]!]!;
      list.position[at] = position[rows[at]!]!;
    }
    list.sample.fill(sample);
    lists.push(list);
  }
  return joinLists(lists);
}

const emptyList = (length: number): KeyList => ({
  keyLo: new Uint32Array(length),
  keyHi: new Uint32Array(length),
  sample: new Uint32Array(length),
  position: new Float64Array(length),
});

function joinLists(lists: readonly KeyList[]): KeyList {
  const all = emptyList(lists.reduce((sum, list) => sum + list.keyLo.length, 0));
  let at = 0;
  for (const list of lists) {
    all.keyLo.set(list.keyLo, at);
    all.keyHi.set(list.keyHi, at);
    all.sample.set(list.sample, at);
    all.position.set(list.position, at);
    at += list.keyLo.length;
  }
  return all;
}

/**
 * Of the events with the same identity the first is used: least `rank` of the sample (its place in the order of the
 * samples' SHA-256), then least position. The others come back as [sample, position], whatever the order of the lists.
 */
export function findDuplicates(
  lists: readonly KeyList[],
  rank: readonly number[],
): [sample: number, position: number][] {
  const all = joinLists(lists);
  const total = all.keyLo.length;
  const { keyLo, keyHi, sample, position } = all;
  const order = new Uint32Array(total).map((_, i) => i);
  order.sort(
    (a, b) =>
      keyHi[a]! - keyHi[b]! ||
      keyLo[a]! - keyLo[b]! ||
      rank[sample[a]!]! - rank[sample[b]!]! ||
      position[a]! - position[b]!,
  );
  const repeated: [number, number][] = [];
  for (let i = 1; i < total; i++) {
    const [a, b] = [order[i - 1]!, order[i]!];
    if (keyLo[a] === keyLo[b] && keyHi[a] === keyHi[b]) repeated.push([sample[b]!, position[b]!]);
  }
  return repeated;
}

export function dropsOf(repeated: readonly (readonly [sample: number, position: number])[]): Drops {
  const positions = new Map<number, number[]>();
  for (const [sample, position] of repeated) {
    const list = positions.get(sample) ?? [];
    list.push(position);
    positions.set(sample, list);
  }
  return Object.fromEntries([...positions].map(([sample, list]) => [sample, Float64Array.from(list).sort()]));
}
