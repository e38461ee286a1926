import { inflateRawSync } from 'node:zlib';
import { messageOf, Problem, wrongSample } from '../../operators/problem.js';
import { expandZstd } from '../zstd.js';
import { bytesAt, damaged, type AvroFile } from './container.js';
import { long, type Cursor } from './cursor.js';

/** One block of an object container file: so many events in so many bytes. */
export interface Block {
  readonly count: number;
  readonly at: number;
  readonly size: number;
}

const blockLimit = 256 << 20;
/** Bytes of a block's two numbers at most, and of the marker behind it. */
const [numbersSize, syncSize] = [20, 16];

/** The blocks in the order of the file, found by hopping from one to the next: their events are not read. */
export async function* blocksOf(file: AvroFile): AsyncGenerator<Block> {
  const { path, handle, size, first } = file;
  for (let at = first; at < size;) {
    const bytes = file.next?.at === at ? file.next.bytes : await bytesAt(handle, at, numbersSize);
    const cursor: Cursor = { bytes, at: 0 };
    let block: Block;
    try {
      block = { count: long(cursor), size: long(cursor), at: at + cursor.at };
    } catch (thrown) {
      throw damaged(path, at, messageOf(thrown), thrown);
    }
    if (!(block.size >= 0 && block.count >= 0)) throw damaged(path, at, 'no block');
    if (block.size > blockLimit) throw damaged(path, at, `a block of ${block.size} bytes, limit ${blockLimit}`);
    if (block.at + block.size + syncSize > size) throw damaged(path, at, 'the end of a block is missing');
    at = block.at + block.size + syncSize;
    yield block;
  }
}

function expand(path: string, codec: string, bytes: Buffer): Buffer {
  if (codec === 'null') return bytes;
  if (codec === 'deflate') return inflateRawSync(bytes, { maxOutputLength: blockLimit });
  if (codec === 'zstandard') {
    const { buffer, byteOffset, length } = expandZstd(bytes, blockLimit);
    return Buffer.from(buffer, byteOffset, length);
  }
  throw wrongSample(`${path}: Avro codec '${codec}' is not supported: write it with codec deflate, zstandard or null`);
}

/** The events of a block, uncompressed. */
export async function eventsOf(file: AvroFile, block: Block): Promise<Buffer> {
  const { path, handle, codec, sync } = file;
  const end = block.size + syncSize;
  const bytes = await bytesAt(handle, block.at, end + numbersSize);
  file.next = { at: block.at + end, bytes: bytes.subarray(end) };
  if (!sync.equals(bytes.subarray(block.size, end))) throw damaged(path, block.at + block.size, 'no sync marker');
  try {
    const events = expand(path, codec, bytes.subarray(0, block.size));
    if (block.count > events.length) throw new Error(`${block.count} events in ${events.length} bytes`);
    return events;
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown : damaged(path, block.at, messageOf(thrown), thrown);
  }
}
