import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { decodeState, encodeState } from '../../operators/summaries/codec.js';
import { messageOf, Problem, wrongPipeline, wrongSample } from '../../operators/problem.js';
import type { Checkpoint } from './types.js';

/** The newest layout of the body. Magic, version, length and CRC stay where they are in every later one. */
export const CHECKPOINT_FORMAT = 1;

/** A partition of the events. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** No damage, so no reason to fall back to an older checkpoint. */
export class NewerFormat extends Problem {
  constructor(where: string, format: number) {
    super(
      3,
      `checkpoint ${where}: format version ${format}, and this regimewatch reads up to ${CHECKPOINT_FORMAT}; ` +
        'go on with the regimewatch that wrote it, or a newer one',
    );
    this.name = 'NewerFormat';
  }
}

const MAGIC = Buffer.from('RWCP', 'latin1');
/** Magic 4, format version 2, length of the body 4. */
const HEADER = 10;
const CRC = 4;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const body = z.strictObject({
  pipelineHash: z.string().min(1),
  topic: z.string().min(1),
  partition: count,
  epoch: count,
  sequence: count,
  next: count,
  from: count,
  deadLetters: count,
  state: z.unknown(),
});

/**
 * Bytes of a checkpoint, little endian: 'RWCP', format version (u16), length of the body (u32), the body in the codec of
 * states (CBOR, RFC 8949), CRC-32 (IEEE 802.3, u32) of all before it. Equal checkpoints have equal bytes. The state may
 * hold what that codec takes; NaN and −0 keep their place.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  const content = encodeState(checkpoint);
  const bytes = Buffer.allocUnsafe(HEADER + content.length + CRC);
  MAGIC.copy(bytes);
  bytes.writeUInt16LE(CHECKPOINT_FORMAT, 4);
  bytes.writeUInt32LE(content.length, 6);
  bytes.set(content, HEADER);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -CRC)), bytes.length - CRC);
  return bytes;
}

/**
 * The checkpoint in such bytes, its arrays in buffers of their own. `where` names the file, or topic and partition, in
 * the Problem (3) that any damage is, as is a newer format.
 */
export function decodeCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = buffer.length;
  if (length < HEADER + CRC) {
    throw damaged(where, `has ${length} bytes, fewer than the ${HEADER + CRC} of an empty one`);
  }
  if (!buffer.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(where, "does not begin with 'RWCP'");
  const stated = HEADER + buffer.readUInt32LE(6) + CRC;
  if (stated !== length) throw damaged(where, `has ${length} bytes where its header says ${stated}`);
  if (crc32(buffer.subarray(0, -CRC)) !== buffer.readUInt32LE(length - CRC)) {
    throw damaged(where, 'has bytes that do not fit its CRC');
  }
  // After the CRC, so that a damaged version is not taken for a newer one.
  const format = buffer.readUInt16LE(4);
  if (format > CHECKPOINT_FORMAT) throw new NewerFormat(where, format);
  if (format === 0) throw damaged(where, 'has format version 0, which there never was');
  let content: unknown;
  try {
    content = decodeState(buffer.subarray(HEADER, -CRC));
  } catch (error) {
    throw damaged(where, `has a body that is no CBOR (${messageOf(error)})`, error);
  }
  const read = body.safeParse(content);
  if (!read.success) {
    const { path, message } = read.error.issues[0]!;
    throw damaged(where, `has a body that is no checkpoint (${path.join('.') || 'body'}: ${message})`);
  }
  if (read.data.from > read.data.next) {
    throw damaged(where, `would read again from ${read.data.from}, beyond its next offset ${read.data.next}`);
  }
  return read.data;
}

/** Refuses the checkpoint of a pipeline with another hash: its state answers other questions. */
export function demandPipeline(checkpoint: Checkpoint, hash: string, where: string): void {
  if (checkpoint.pipelineHash === hash) return;
  throw wrongPipeline(
    `checkpoint ${where}: belongs to pipeline ${short(checkpoint.pipelineHash)}, and this one is ${short(hash)}; ` +
      'give another --group or --state, or go on with the pipeline that it was made with',
  );
}

/** The checkpoint in such bytes, which must be the place's and of that epoch: a sound one of another is damage too. */
export function decodeAt(bytes: Uint8Array, at: Place & { readonly epoch: number }, where: string): Checkpoint {
  const checkpoint = decodeCheckpoint(bytes, where);
  const { topic, partition, epoch } = checkpoint;
  if (topic === at.topic && partition === at.partition && epoch === at.epoch) return checkpoint;
  throw damaged(
    where,
    `holds epoch ${epoch} of ${topic}/${partition} where epoch ${at.epoch} of ${at.topic}/${at.partition} belongs`,
  );
}

export const damaged = (where: string, what: string, cause?: unknown): Problem =>
  wrongSample(
    `checkpoint ${where}: ${what}; restore it from a copy, or give another --group or --state to read the log anew`,
    cause,
  );

const short = (hash: string): string => hash.slice(0, 12);
