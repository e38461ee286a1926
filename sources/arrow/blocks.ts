import { byteOf, longOf, longsOf, tableOf } from './flatbuffer.js';
import { messageAt, recordBatchKind, type ArrowData, type Message } from './messages.js';

/** One record batch: how many events it has, and where in its body their buffers lie. */
export interface Block {
  readonly length: number;
  /** Length and number of nulls of each field, in turn. */
  readonly nodes: Float64Array;
  /** Offset and length of each buffer, in turn. */
  readonly buffers: Float64Array;
  /** Number of buffers of each view, beyond two. */
  readonly variadic: Float64Array;
  readonly codec: 'none' | 'lz4' | 'zstd';
  readonly body: number;
  readonly bodyLength: number;
}

export function blockOf({ header, body, bodyLength }: Message): Block {
  const compression = tableOf(header, 3);
  const length = longOf(header, 0);
  if (!(length >= 0 && length <= Number.MAX_SAFE_INTEGER)) throw new Error('a record batch has no length');
  return {
    length,
    nodes: longsOf(header, 1, 2),
    buffers: longsOf(header, 2, 2),
    variadic: longsOf(header, 4, 1),
    codec: compression === undefined ? 'none' : byteOf(compression, 0) === 0 ? 'lz4' : 'zstd',
    body,
    bodyLength,
  };
}

/**
 * The record batches in the order of the file, found by hopping from message to message: only metadata is read.
 * Dictionaries are passed over, for no column of numbers needs them.
 */
export async function* blocksOf({ bytes, first, end }: ArrowData): AsyncGenerator<Block> {
  for (let at = first; ;) {
    const message = await messageAt(bytes, at, end);
    if (message === undefined) return;
    if (message.kind === recordBatchKind) yield blockOf(message);
    at = message.body + message.bodyLength;
  }
}
