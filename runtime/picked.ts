import { hashKey } from '../operators/hash.js';
import type { EventPick } from './pick.js';
import { WINDOW } from './pipeline_plan.js';
import { takeChunk, type SkimChunk } from './skim.js';

const MERGE_AT = 16_384;
const DROPPED = '(dropped)';

/** Picked events: rising by window (if each has its own), hash, key, sample and position. Plain data. */
export interface Picked {
  readonly length: number;
  readonly sample: Uint32Array;
  readonly position: Float64Array;
  readonly split: Uint8Array;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

export const pickedOf = ({ sample, ...chunk }: SkimChunk): Picked => ({
  ...chunk,
  sample: new Uint32Array(chunk.length).fill(sample),
});

/**
 * The picked events of several parts together: of each window, or of all, those with the smallest hashes. The same
 * whatever the parts are and in whatever order they come.
 */
export function mergePicked({ seed, most, each }: EventPick, parts: readonly Picked[]): Picked {
  const filled = parts.filter(({ length }) => length > 0);
  if (filled.length === 0) return parts[0] ?? nothing;
  const all = joined(filled);
  const hash = Uint32Array.from(all.keyLo, (lo, i) => hashKey(seed, lo, all.keyHi[i]!));
  const window = each === 'window' ? all.columns.get(WINDOW) : undefined;
  const order = Uint32Array.from({ length: all.length }, (_, i) => i).sort(
    (a, b) =>
      (window ? window[a]! - window[b]! : 0) ||
      hash[a]! - hash[b]! ||
      all.keyHi[a]! - all.keyHi[b]! ||
      all.keyLo[a]! - all.keyLo[b]! ||
      all.sample[a]! - all.sample[b]! ||
      all.position[a]! - all.position[b]!,
  );
  let taken = 0;
  let last = NaN;
  const kept = order.filter((row) => {
    const own = window ? window[row]! : 0;
    taken = own === last ? taken + 1 : 1;
    last = own;
    return taken <= most;
  });
  const dropped = all.columns.get(DROPPED);
  if (dropped === undefined) return rowsOf(all, kept);
  const columns = new Map([...all.columns].filter(([name]) => name !== DROPPED));
  return rowsOf(
    { ...all, columns },
    kept.filter((row) => dropped[row] === 0),
  );
}

/** Marks rows that the next merge, the last one, leaves out: only then, so that they take the same place in any parts. */
export const markDropped = (picked: Picked, isDropped: (row: number) => boolean): Picked => ({
  ...picked,
  columns: new Map([
    ...picked.columns,
    [DROPPED, Float64Array.from({ length: picked.length }, (_, row) => Number(isDropped(row)))],
  ]),
});

/** Adds a part; parts that wait are merged once they outgrow what is kept of them. */
export function addPicked(pick: EventPick, parts: Picked[], part: Picked): void {
  parts.push(part);
  const waiting = parts.slice(1).reduce((sum, { length }) => sum + length, 0);
  if (waiting > Math.max(MERGE_AT, parts[0]!.length)) parts.splice(0, parts.length, mergePicked(pick, parts));
}

const nothing: Picked = {
  length: 0,
  sample: new Uint32Array(0),
  position: new Float64Array(0),
  split: new Uint8Array(0),
  keyLo: new Uint32Array(0),
  keyHi: new Uint32Array(0),
  columns: new Map(),
};

const rowsOf = ({ sample, ...rest }: Picked, rows: Uint32Array): Picked => ({
  ...takeChunk({ ...rest, sample: 0 }, rows),
  sample: rows.map((row) => sample[row]!),
});

function joined(parts: readonly Picked[]): Picked {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const join = <T extends Float64Array | Uint32Array | Uint8Array>(into: T, of: (part: Picked) => T): T => {
    let at = 0;
    for (const part of parts) {
      into.set(of(part).subarray(0, part.length), at);
      at += part.length;
    }
    return into;
  };
  const names = [...parts[0]!.columns.keys()];
  return {
    length,
    sample: join(new Uint32Array(length), ({ sample }) => sample),
    position: join(new Float64Array(length), ({ position }) => position),
    split: join(new Uint8Array(length), ({ split }) => split),
    keyLo: join(new Uint32Array(length), ({ keyLo }) => keyLo),
    keyHi: join(new Uint32Array(length), ({ keyHi }) => keyHi),
    columns: new Map(names.map((name) => [name, join(new Float64Array(length), ({ columns }) => columns.get(name)!)])),
  };
}
