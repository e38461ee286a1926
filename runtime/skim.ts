import { rowsKept } from './keep_rows.js';

/**
 * The skim: what is kept of each used event between the passes (context, response, weight, identity), in columns.
 * All chunks of a run have the same columns.
 */
export interface SkimChunk {
  readonly sample: number;
  readonly length: number;
  readonly position: Float64Array;
  readonly split: Uint8Array;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** What to read back of a chunk: columns by name, and whether keys and positions too. */
export interface SkimWish {
  readonly columns: readonly string[];
  readonly keys: boolean;
}

/** A copy that does not share its columns with anyone. */
export const copyChunk = (chunk: SkimChunk): SkimChunk => ({
  ...chunk,
  position: chunk.position.slice(0, chunk.length),
  split: chunk.split.slice(0, chunk.length),
  keyLo: chunk.keyLo.slice(0, chunk.length),
  keyHi: chunk.keyHi.slice(0, chunk.length),
  columns: new Map([...chunk.columns].map(([name, x]) => [name, x.slice(0, chunk.length)])),
});

/** The rows for which keep[i] is 1. */
export const filterChunk = (chunk: SkimChunk, keep: Uint8Array): SkimChunk =>
  takeChunk(chunk, rowsKept(keep, chunk.length));

/** These rows, in this order. */
export function takeChunk(chunk: SkimChunk, rows: Uint32Array): SkimChunk {
  const { length } = rows;
  const taken = <T extends Float64Array | Uint32Array | Uint8Array>(from: T, into: T): T => {
    for (let r = 0; r < length; r++) into[r] = from[rows[r]!]!;
    return into;
  };
  return {
    sample: chunk.sample,
    length,
    position: taken(chunk.position, new Float64Array(length)),
    split: taken(chunk.split, new Uint8Array(length)),
    keyLo: taken(chunk.keyLo, new Uint32Array(length)),
    keyHi: taken(chunk.keyHi, new Uint32Array(length)),
    columns: new Map([...chunk.columns].map(([name, x]) => [name, taken(x, new Float64Array(length))])),
  };
}

/** The chunk without the events at these positions (rising). */
export function withoutPositions(chunk: SkimChunk, dropped: Float64Array): SkimChunk {
  const keep = new Uint8Array(chunk.length).fill(1);
  for (let i = 0; i < chunk.length; i++) {
    const position = chunk.position[i]!;
    let low = 0;
    let high = dropped.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (dropped[middle]! < position) low = middle + 1;
      else high = middle;
    }
    if (dropped[low] === position) keep[i] = 0;
  }
  return keep.includes(0) ? filterChunk(chunk, keep) : chunk;
}
