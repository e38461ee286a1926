import type { SkimChunk } from '../skim.js';

/** Columns with room for `room.length` rows, of which the first `length` are filled. */
export interface Block {
  readonly room: SkimChunk;
  length: number;
}

/** An empty block for rows such as the chunk's. */
export const newBlock = ({ sample, columns }: SkimChunk, capacity: number): Block => ({
  room: {
    sample,
    length: capacity,
    position: new Float64Array(capacity),
    split: new Uint8Array(capacity),
    keyLo: new Uint32Array(capacity),
    keyHi: new Uint32Array(capacity),
    columns: new Map([...columns.keys()].map((name) => [name, new Float64Array(capacity)])),
  },
  length: 0,
});

/** Whether a row of the chunk can be appended: there is room, and the columns have the same names. */
export function hasRoom({ room, length }: Block, { columns }: SkimChunk): boolean {
  if (length === room.length || columns.size !== room.columns.size) return false;
  for (const name of columns.keys()) if (!room.columns.has(name)) return false;
  return true;
}

/** Appends the chunk's rows numbered `rows[from]` and on, as many as there is room for; how many. */
export function appendRows(block: Block, chunk: SkimChunk, rows: Uint32Array, from: number): number {
  const { room, length } = block;
  const n = Math.min(rows.length - from, room.length - length);
  const copy = (source: Float64Array | Uint32Array | Uint8Array, into: typeof source): void => {
    for (let i = 0; i < n; i++) into[length + i] = source[rows[from + i]!]!;
  };
  copy(chunk.position, room.position);
  copy(chunk.split, room.split);
  copy(chunk.keyLo, room.keyLo);
  copy(chunk.keyHi, room.keyHi);
  for (const [name, column] of chunk.columns) copy(column, room.columns.get(name)!);
  block.length += n;
  return n;
}

/** The filled rows; the columns stay the block's. */
export const blockRows = ({ room, length }: Block): SkimChunk => ({
  sample: room.sample,
  length,
  position: room.position.subarray(0, length),
  split: room.split.subarray(0, length),
  keyLo: room.keyLo.subarray(0, length),
  keyHi: room.keyHi.subarray(0, length),
  columns: new Map([...room.columns].map(([name, x]) => [name, x.subarray(0, length)])),
});

/** The numbers of the first n rows by their window, in their order. */
export function rowsByWindow(window: Float64Array, n: number): Map<number, Uint32Array> {
  const groups = new Map<number, number>();
  const counts: number[] = [];
  const groupOf = new Uint32Array(n);
  let group = 0;
  for (let i = 0; i < n; i++) {
    const w = window[i]!;
    if (i === 0 || w !== window[i - 1]) {
      group = groups.get(w) ?? groups.size;
      if (group === groups.size) {
        groups.set(w, group);
        counts.push(0);
      }
    }
    groupOf[i] = group;
    counts[group]!++;
  }
  const lists = counts.map((count) => new Uint32Array(count));
  const filled = new Uint32Array(lists.length);
  for (let i = 0; i < n; i++) {
    const g = groupOf[i]!;
    lists[g]![filled[g]!++] = i;
  }
  return new Map([...groups].map(([w, g]) => [w, lists[g]!]));
}
