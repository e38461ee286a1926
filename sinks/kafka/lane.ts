import { encodeRecordBatch, type BatchOptions, type OutRecord } from './record_batch.js';
import type { Ticket } from './ticket.js';

/** The way to one partition. At most one batch of it is under way, so the order of its records is that of the writes. */
export interface Lane {
  readonly topic: string;
  readonly partition: number;
  readonly queue: { record: OutRecord; ticket: Ticket }[];
  /** Records of the queue that `bytes` holds; 0: no batch is made. */
  count: number;
  /**
   * The batch that is under way or will be repeated, byte for byte: a broker that has it already knows it by its
   * producer, sequence and number of records, and only confirms.
   */
  bytes: Buffer | null;
  sequence: number;
  /** Of a batch's records before compression; halved when a batch was called too large. A larger record goes alone. */
  maxBytes: number;
}

const BATCH_BYTES = 512 * 1024;
const BATCH_RECORDS = 50_000;
/** Of a record's and its fields' lengths, at most. */
const RECORD_OVERHEAD = 32;

export const newLane = (topic: string, partition: number): Lane => ({
  topic,
  partition,
  queue: [],
  count: 0,
  bytes: null,
  sequence: 0,
  maxBytes: BATCH_BYTES,
});

export const recordBytes = ({ key, value, headers }: OutRecord): number =>
  (key?.length ?? 0) + (value?.length ?? 0) + (headers === undefined ? 0 : 3 * JSON.stringify(headers).length);

/** The batch to send next, made of what waits at the head of the queue. */
export function batchOf(lane: Lane, options: Omit<BatchOptions, 'sequence'>): Buffer {
  if (lane.bytes !== null) return lane.bytes;
  const most = Math.min(BATCH_RECORDS, lane.queue.length);
  let bytes = 0;
  let count = 0;
  while (count < most) {
    bytes += recordBytes(lane.queue[count]!.record) + RECORD_OVERHEAD;
    if (count > 0 && bytes > lane.maxBytes) break;
    count++;
  }
  const records = lane.queue.slice(0, count).map((each) => each.record);
  lane.count = count;
  lane.bytes = encodeRecordBatch(records, { ...options, sequence: lane.sequence });
  return lane.bytes;
}

/** The batch is in the log: its writes are told, and the next may be made. */
export function acknowledge(lane: Lane): void {
  const done = lane.queue.splice(0, lane.count);
  // A sequence is a number of 31 bits that begins anew.
  lane.sequence = (lane.sequence + lane.count) & 0x7fffffff;
  lane.count = 0;
  lane.bytes = null;
  for (const { ticket } of done) if (--ticket.left === 0) ticket.done();
}

/** The batch was refused for its size and is not in the log: halves of it may pass. False: it is one record. */
export function halve(lane: Lane): boolean {
  if (lane.count <= 1) return false;
  const records = lane.queue.slice(0, lane.count);
  lane.maxBytes = records.reduce((sum, { record }) => sum + recordBytes(record) + RECORD_OVERHEAD, 0) / 2;
  lane.count = 0;
  lane.bytes = null;
  return true;
}
