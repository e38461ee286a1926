import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { LogRecord } from '../../sources/kafka/types.js';
import { damaged, decodeAt, type Place } from './checkpoint.js';
import type { Checkpoint } from './types.js';

/**
 * Records of a checkpoint topic. Keys, where topic and partition are those of the events:
 *   topic/partition/epoch/claim/id    a worker wants the epoch; of several the first in the log has it
 *   topic/partition/epoch/head        the checkpoint itself, or where its chunks are (a JSON text)
 *   topic/partition/epoch/slot/i      chunk i of a checkpoint that outgrows a message; slot is 0 or 1
 * The epoch is in the key, so that compaction cannot put a late record of a lower epoch in the place of a higher one's.
 */
export interface RecordKey extends Place {
  readonly epoch: number;
  readonly part: { readonly claim: string } | 'head' | { readonly slot: number; readonly chunk: number };
}

const KEY =
  /^([A-Za-z0-9._-]{1,249})\/(\d{1,10})\/(\d{1,15})\/(?:(head)|claim\/([A-Za-z0-9-]{1,64})|([01])\/(\d{1,6}))$/;

/** What a key says; null: it is none of ours. */
export function parseKey(key: string): RecordKey | null {
  const [, topic, partition, epoch, head, claim, slot, chunk] = KEY.exec(key) ?? [];
  if (topic === undefined) return null;
  const part = head ? 'head' : claim !== undefined ? { claim } : { slot: Number(slot), chunk: Number(chunk) };
  return { topic, partition: Number(partition), epoch: Number(epoch), part };
}

const keyOf = ({ topic, partition }: Place, epoch: number, part: string): string =>
  `${topic}/${partition}/${epoch}/${part}`;
export const claimKey = (place: Place, epoch: number, id: string): string => keyOf(place, epoch, `claim/${id}`);
export const headKey = (place: Place, epoch: number): string => keyOf(place, epoch, 'head');
export const chunkKey = (place: Place, epoch: number, slot: number, chunk: number): string =>
  keyOf(place, epoch, `${slot}/${chunk}`);

const whole = z.number().int().min(0);
const head = z.strictObject({
  sequence: whole,
  slot: z.union([z.literal(0), z.literal(1)]),
  chunks: whole,
  bytes: whole,
  crc: whole,
});
type Head = z.infer<typeof head>;

/** A checkpoint's bytes cut for a slot, and the head that names them. */
export function cut(
  bytes: Buffer,
  sequence: number,
  slot: 0 | 1,
  chunkBytes: number,
): { head: Buffer; chunks: Buffer[] } {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) chunks.push(bytes.subarray(at, at + chunkBytes));
  const content: Head = { sequence, slot, chunks: chunks.length, bytes: bytes.length, crc: crc32(bytes) };
  return { head: Buffer.from(JSON.stringify(content)), chunks };
}

/** The last value under each key of one partition of the events; a tombstone takes its key away. */
export type Shelf = Map<string, { readonly key: RecordKey; readonly value: Buffer }>;

export function shelve(shelf: Shelf, text: string, key: RecordKey, { value }: LogRecord): void {
  if (value === null) shelf.delete(text);
  else shelf.set(text, { key, value });
}

/**
 * The checkpoint of the highest epoch that completed one; null: none did. A head whose chunks are not all there, or are
 * another checkpoint's, is a Problem (3), never a mixture.
 */
export function newestOf(shelf: Shelf, place: Place, where: string): { checkpoint: Checkpoint; bytes: number } | null {
  const epochs = [...shelf.values()].flatMap(({ key }) => (key.part === 'head' ? [key.epoch] : []));
  if (epochs.length === 0) return null;
  const epoch = Math.max(...epochs);
  const value = shelf.get(headKey(place, epoch))!.value;
  // A chunked one's head is a JSON text.
  const bytes = value[0] === 0x7b ? assembled(shelf, place, epoch, value, where) : value;
  return { checkpoint: decodeAt(bytes, { ...place, epoch }, where), bytes: bytes.length };
}

function assembled(shelf: Shelf, place: Place, epoch: number, value: Buffer, where: string): Buffer {
  const { slot, chunks, bytes, crc, sequence } = parseHead(value, where);
  const found: Buffer[] = [];
  for (let i = 0; i < chunks; i++) {
    const chunk = shelf.get(chunkKey(place, epoch, slot, i));
    if (chunk === undefined) throw damaged(where, `lacks chunk ${i} of the ${chunks} of its sequence ${sequence}`);
    found.push(chunk.value);
  }
  const whole = Buffer.concat(found);
  if (whole.length !== bytes || crc32(whole) !== crc) {
    throw damaged(where, `has chunks that are not those of its sequence ${sequence}`);
  }
  return whole;
}

function parseHead(value: Buffer, where: string): Head {
  try {
    return head.parse(JSON.parse(value.toString('utf8')));
  } catch (error) {
    throw damaged(where, 'has a head that cannot be read', error);
  }
}
