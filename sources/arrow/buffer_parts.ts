import * as zlib from 'node:zlib';
import { messageOf, Problem, wrongSample } from '../../operators/problem.js';
import type { Block } from './blocks.js';
import { expandLz4 } from './lz4_frame.js';
import { bytesAt, damaged, type ArrowFile } from './messages.js';

type Zstd = { zstdDecompressSync?: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array };

function expand(path: string, codec: Block['codec'], bytes: Uint8Array, size: number): Uint8Array {
  if (codec === 'lz4') return expandLz4(bytes, size);
  const { zstdDecompressSync } = zlib as Zstd;
  if (zstdDecompressSync !== undefined) return Uint8Array.from(zstdDecompressSync(bytes, { maxOutputLength: size }));
  throw wrongSample(`${path}: Arrow buffers are compressed with ZSTD, which Node.js expands from 22.15 on: use LZ4`);
}

/** Bytes from ≤ byte < to of a buffer, of which the whole record batch needs `need`. */
export type Part = (index: number, from: number, to: number, need: number) => Promise<Uint8Array>;

/** Reads parts of the buffers of a record batch; compressed ones are expanded whole, and kept for the next part. */
export function bufferParts({ path, handle }: ArrowFile, { buffers, codec, body, bodyLength }: Block): Part {
  const expanded = new Map<number, Promise<Uint8Array>>();
  const wrong = (what: string, cause?: unknown): Problem => damaged(path, body, what, cause);

  async function expandedBuffer(index: number, need: number): Promise<Uint8Array> {
    const stored = await bytesAt(path, handle, body + buffers[2 * index]!, buffers[2 * index + 1]!);
    if (stored.length === 0) return stored;
    if (stored.length < 8) throw wrong('a compressed buffer has no length');
    const size = Number(new DataView(stored.buffer, stored.byteOffset).getBigInt64(0, true));
    const rest = stored.subarray(8);
    if (size === -1) return Uint8Array.from(rest);
    // The stated size is not to be believed beyond what the rows can take, padding included.
    if (size < 0 || size > 2 * need + 4096) throw wrong(`a compressed buffer of ${size} bytes for ${need}`);
    try {
      return expand(path, codec, rest, size);
    } catch (thrown) {
      throw thrown instanceof Problem ? thrown : wrong(messageOf(thrown), thrown);
    }
  }

  return async (index, from, to, need) => {
    const offset = buffers[2 * index] ?? NaN;
    const size = buffers[2 * index + 1] ?? NaN;
    if (!(offset >= 0 && size >= 0 && offset + size <= bodyLength))
      throw wrong('a buffer lies outside of its record batch');
    if (to <= from) return new Uint8Array(0);
    if (codec === 'none') {
      if (to > size) throw wrong('a buffer is shorter than its column');
      return bytesAt(path, handle, body + offset + from, to - from);
    }
    let whole = expanded.get(index);
    if (whole === undefined) expanded.set(index, (whole = expandedBuffer(index, need)));
    const bytes = await whole;
    if (to > bytes.length) throw wrong('a buffer is shorter than its column');
    return bytes.slice(from, to);
  };
}
