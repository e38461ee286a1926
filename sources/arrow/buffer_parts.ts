import { messageOf, type Problem } from '../../operators/problem.js';
import { expandZstd } from '../zstd.js';
import type { Block } from './blocks.js';
import type { Bytes } from './bytes.js';
import { expandLz4 } from './lz4_frame.js';

/** Bytes from ≤ byte < to of a buffer, of which the whole record batch needs `need`. */
export type Part = (index: number, from: number, to: number, need: number) => Promise<Uint8Array>;

/** Reads parts of the buffers of a record batch; compressed ones are expanded whole, and kept for the next part. */
export function bufferParts(source: Bytes, { buffers, codec, body, bodyLength }: Block): Part {
  const expanded = new Map<number, Promise<Uint8Array>>();
  const wrong = (what: string, cause?: unknown): Problem => source.damaged(body, what, cause);

  async function expandedBuffer(index: number, need: number): Promise<Uint8Array> {
    const stored = await source.read(body + buffers[2 * index]!, buffers[2 * index + 1]!);
    if (stored.length === 0) return stored;
    if (stored.length < 8) throw wrong('a compressed buffer has no length');
    const size = Number(new DataView(stored.buffer, stored.byteOffset).getBigInt64(0, true));
    const rest = stored.subarray(8);
    if (size === -1) return rest.slice();
    // The stated size is not to be believed beyond what the rows can take, padding included.
    if (size < 0 || size > 2 * need + 4096) throw wrong(`a compressed buffer of ${size} bytes for ${need}`);
    try {
      return codec === 'lz4' ? expandLz4(rest, size) : expandZstd(rest, size);
    } catch (thrown) {
      throw wrong(messageOf(thrown), thrown);
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
      return source.read(body + offset + from, to - from);
    }
    let whole = expanded.get(index);
    if (whole === undefined) expanded.set(index, (whole = expandedBuffer(index, need)));
    const bytes = await whole;
    if (to > bytes.length) throw wrong('a buffer is shorter than its column');
    return from === 0 && to === bytes.length ? bytes : bytes.slice(from, to);
  };
}
