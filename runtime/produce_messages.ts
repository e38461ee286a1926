import type { NumberColumn } from '../operators/batch.js';
import type { OutRecord } from '../sinks/kafka/record_batch.js';
import { arrowEncoder } from '../sources/wire/arrow/encoder.js';
import { avroEncoder, type Framing } from '../sources/wire/avro/encoder.js';
import type { WireField } from '../sources/wire/types.js';
import type { OutEvents } from './produce_stage.js';

/** Headers of a message, from which a restart learns how far the last run came. */
export const SAMPLE_HEADER = 'regimewatch-sample';
export const LAST_HEADER = 'regimewatch-last';

/** Makes messages of events; those that `add` holds back are given by `finish`. */
export interface MessageMaker {
  /** `partition`: of each event; -1: not to be sent. */
  readonly add: (events: OutEvents, partition: Int32Array) => OutRecord[];
  readonly finish: () => OutRecord[];
}

export interface MakerOptions {
  readonly topic: string;
  readonly partitions: number;
  readonly fields: readonly WireField[];
  /** Of the header. */
  readonly sample: string;
}

/** One event a message, in the order given; the key is that of the event, 8 bytes, least first. */
export function avroMaker(pipeline: string, framing: Framing, { topic, fields, sample }: MakerOptions): MessageMaker {
  const encode = avroEncoder(pipeline, fields, framing);
  return {
    add: ({ length, columns, keyLo, keyHi, position }, partition) => {
      const x = fields.map(({ name }) => columns.get(name)!);
      const records: OutRecord[] = [];
      const keys = Buffer.allocUnsafeSlow(8 * length);
      for (let i = 0; i < length; i++) {
        if (partition[i]! < 0) continue;
        keys.writeUInt32LE(keyLo[i]!, 8 * i);
        keys.writeUInt32LE(keyHi[i]!, 8 * i + 4);
        const key = keys.subarray(8 * i, 8 * i + 8);
        const headers = { [SAMPLE_HEADER]: sample, [LAST_HEADER]: String(position[i]!) };
        records.push({ topic, partition: partition[i]!, key, value: encode(x, i), headers });
      }
      return records;
    },
    finish: () => [],
  };
}

/** Events of one partition that wait for their message to be full. */
interface Page {
  columns: NumberColumn[];
  length: number;
  last: number;
}

const FIRST_ROOM = 256;
const arrays = { float: Float32Array, int: Int32Array, double: Float64Array, long: Float64Array } as const;

/** Up to `most` events of one partition a message, in the order given. */
export function arrowMaker(most: number, { topic, partitions, fields, sample }: MakerOptions): MessageMaker {
  const encode = arrowEncoder(fields);
  const pages = Array.from({ length: partitions }, (): Page => ({ columns: [], length: 0, last: 0 }));

  const post = (partition: number): OutRecord => {
    const page = pages[partition]!;
    const value = encode(page.columns, { from: 0, to: page.length });
    page.length = 0;
    const headers = { [SAMPLE_HEADER]: sample, [LAST_HEADER]: String(page.last) };
    return { topic, partition, key: null, value, headers };
  };

  return {
    add: ({ length, columns, position }, partition) => {
      const x = fields.map(({ name }) => columns.get(name)!);
      const { rows, starts } = rowsByPartition(partition, length, partitions);
      const records: OutRecord[] = [];
      for (let p = 0; p < partitions; p++) {
        const page = pages[p]!;
        for (let at = starts[p]!; at < starts[p + 1]!;) {
          const take = Math.min(most - page.length, starts[p + 1]! - at);
          makeRoom(page, fields, page.length + take, most);
          for (let c = 0; c < fields.length; c++) {
            const from = x[c]!;
            const into = page.columns[c]!;
            for (let k = 0; k < take; k++) into[page.length + k] = from[rows[at + k]!]!;
          }
          page.length += take;
          at += take;
          page.last = position[rows[at - 1]!]!;
          if (page.length === most) records.push(post(p));
        }
      }
      return records;
    },
    finish: () => pages.flatMap((page, partition) => (page.length > 0 ? [post(partition)] : [])),
  };
}

function makeRoom(page: Page, fields: readonly WireField[], needed: number, most: number): void {
  const room = page.columns[0]?.length ?? 0;
  if (room >= needed) return;
  const size = Math.min(most, Math.max(needed, 2 * room, FIRST_ROOM));
  page.columns = fields.map(({ type }, c) => {
    const column = new arrays[type](size);
    if (room > 0) column.set(page.columns[c]!);
    return column;
  });
}

/** The numbers of the rows that are sent, those of each partition together and rising: partition p's from starts[p] on. */
function rowsByPartition(
  partition: Int32Array,
  length: number,
  partitions: number,
): { rows: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(partitions + 1);
  for (let i = 0; i < length; i++) if (partition[i]! >= 0) starts[partition[i]! + 1]!++;
  for (let p = 0; p < partitions; p++) starts[p + 1]! += starts[p]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts[partitions]!);
  for (let i = 0; i < length; i++) if (partition[i]! >= 0) rows[next[partition[i]!]!++] = i;
  return { rows, starts };
}
