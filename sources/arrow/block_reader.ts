import type { Column, ListColumn, NumberColumn } from '../../operators/batch.js';
import type { Problem } from '../../operators/problem.js';
import type { Block } from './blocks.js';
import { bufferParts } from './buffer_parts.js';
import type { Bytes } from './bytes.js';
import type { Place } from './layout.js';
import { decode, width, withNulls, withoutNullLists } from './numbers.js';

/** Reads rows of one record batch: the bytes that they take and no others, unless the batch is compressed. */
export interface BlockReader {
  readonly length: number;
  readonly column: (place: Place, from: number, to: number) => Promise<Column>;
}

export function blockReader(source: Bytes, block: Block): BlockReader {
  const { length, nodes } = block;
  const part = bufferParts(source, block);
  const wrong = (what: string): Problem => source.damaged(block.body, what);

  /** The first buffer of a column in this batch. */
  function bufferOf({ buffer, views }: Place): number {
    let more = 0;
    for (let i = 0; i < views; i++) more += block.variadic[i] ?? NaN;
    return buffer + more;
  }

  /** The validity bitmap of rows from ≤ row < to (from bit `from & 7` on), if the column has nulls. */
  async function validity(node: number, buffer: number, from: number, to: number): Promise<Uint8Array | undefined> {
    const all = nodes[2 * node] ?? 0;
    if (to > all) throw wrong('a column is shorter than its record batch');
    const bitmap = [Math.floor(from / 8), Math.ceil(to / 8), Math.ceil(all / 8)] as const;
    return nodes[2 * node + 1] === 0 ? undefined : part(buffer, ...bitmap);
  }

  async function numbers(place: Place, node: number, buffer: number, from: number, to: number): Promise<NumberColumn> {
    if (place.storage === 'null') return new Float64Array(to - from).fill(NaN);
    const bits = width[place.storage];
    const shift = bits === 1 ? from & 7 : 0;
    const need = Math.ceil(((nodes[2 * node] ?? 0) * bits) / 8);
    const [bytes, valid] = await Promise.all([
      part(buffer + 1, ((from - shift) * bits) / 8, Math.ceil((to * bits) / 8), need),
      validity(node, buffer, from, to),
    ]);
    const values = decode(place.storage, bytes, to - from, shift);
    return valid === undefined ? values : withNulls(values, valid, from & 7);
  }

  async function fixedLists(place: Place, size: number, from: number, to: number): Promise<ListColumn> {
    const values = await numbers(place, place.node + 1, bufferOf(place) + 1, from * size, to * size);
    return { offsets: Int32Array.from({ length: to - from + 1 }, (_, i) => i * size), values };
  }

  async function freeLists(place: Place, offsetBytes: 4 | 8, from: number, to: number): Promise<ListColumn> {
    const need = (length + 1) * offsetBytes;
    const bytes = await part(bufferOf(place) + 1, from * offsetBytes, (to + 1) * offsetBytes, need);
    const n = to - from + 1;
    const raw = decode(offsetBytes === 4 ? 'i32' : 'i64', bytes, n, 0);
    const begin = raw[0]!;
    const end = raw[n - 1]!;
    if (!(begin >= 0 && end - begin < 2 ** 31)) throw wrong('the offsets of a list column are out of range');
    const offsets = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      if (i > 0 && !(raw[i]! >= raw[i - 1]!)) throw wrong('the offsets of a list column do not ascend');
      offsets[i] = raw[i]! - begin;
    }
    return { offsets, values: await numbers(place, place.node + 1, bufferOf(place) + 2, begin, end) };
  }

  async function column(place: Place, from: number, to: number): Promise<Column> {
    const { list, node } = place;
    const buffer = bufferOf(place);
    if (list === undefined) return numbers(place, node, buffer, from, to);
    const [lists, valid] = await Promise.all([
      'fixed' in list ? fixedLists(place, list.fixed, from, to) : freeLists(place, list.offsetBytes, from, to),
      validity(node, buffer, from, to),
    ]);
    return valid === undefined ? lists : withoutNullLists(lists, valid, from & 7);
  }

  return { length, column };
}
