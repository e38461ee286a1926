import { growingBytes, type GrowingBytes } from '../growing_bytes.js';
import { blockLimit, readLiterals, type LiteralsState } from './literals.js';

import { expandSequences, type SequencesState } from './sequences.js';

interface Frame {
  /** Byte at which its blocks begin. */
  readonly first: number;
  readonly checksum: boolean;
  /** How much it says that it holds. */
  readonly size: number | undefined;
}

/** What a frame says of itself (RFC 8878, 3.1.1.1), after the magic number at `at`. */
function frameOf(view: DataView, at: number): Frame {
  const flags = view.getUint8(at + 4);
  const single = (flags & 0x20) !== 0;
  if ((flags & 0x08) !== 0) throw new Error('ZSTD frame uses a reserved bit');
  let first = at + (single ? 5 : 6);
  for (let bytes = [0, 1, 2, 4][flags & 3]!; bytes > 0; bytes--) {
    if (view.getUint8(first++) !== 0) throw new Error('ZSTD frame needs a dictionary');
  }
  const checksum = (flags & 0x04) !== 0;
  switch (flags >> 6) {
    case 0:
      return { first: first + (single ? 1 : 0), checksum, size: single ? view.getUint8(first) : undefined };
    case 1:
      return { first: first + 2, checksum, size: view.getUint16(first, true) + 256 };
    case 2:
      return { first: first + 4, checksum, size: view.getUint32(first, true) };
    default:
      return { first: first + 8, checksum, size: Number(view.getBigUint64(first, true)) };
  }
}

/** Writes the blocks that begin at `first`; the byte after the last one (RFC 8878, 3.1.1.2). */
function expandBlocks(bytes: Uint8Array, first: number, output: GrowingBytes): number {
  const state: LiteralsState & SequencesState = { huffman: undefined, tables: [], offsets: [1, 4, 8] };
  for (let at = first; ;) {
    if (at + 3 > bytes.length) throw new Error('ZSTD frame is cut off');
    const head = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    const type = (head >> 1) & 3;
    const size = head >> 3;
    const end = at + 3 + (type === 1 ? 1 : size);
    if (size > blockLimit || type === 3) throw new Error('ZSTD block is damaged');
    if (end > bytes.length) throw new Error('ZSTD frame is cut off');
    if (type === 0) output.write(bytes, at + 3, end);
    else if (type === 1) output.fill(bytes[at + 3]!, size);
    else {
      const block = bytes.subarray(at + 3, end);
      const { literals, end: begin } = readLiterals(block, state);
      expandSequences(block.subarray(begin), literals, state, output);
    }
    if ((head & 1) === 1) return end;
    at = end;
  }
}

/**
 * Expands Zstandard frames, one after the other, skippable ones passed over (RFC 8878). Checksums are passed over.
 * Throws on damage, and before the output would pass `maxBytes`.
 */
export function expandFrames(bytes: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let output: GrowingBytes | undefined;
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) throw new Error('ZSTD frame is cut off');
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + view.getUint32(at + 4, true);
      if (at > bytes.length) throw new Error('ZSTD frame is cut off');
      continue;
    }
    if (magic !== 0xfd2fb528) throw new Error('no ZSTD frame');
    const { first, checksum, size } = frameOf(view, at);
    const before = output?.length ?? 0;
    if (size !== undefined && before + size > maxBytes) {
      throw new Error(`it expands to more than ${maxBytes} bytes`);
    }
    output ??= growingBytes(size ?? 4 * bytes.length, maxBytes);
    output.forget();
    at = expandBlocks(bytes, first, output) + (checksum ? 4 : 0);
    if (at > bytes.length) throw new Error('ZSTD frame is cut off');
    if (size !== undefined && output.length - before !== size) throw new Error('ZSTD frame is not as long as stated');
  }
  return output?.bytes() ?? new Uint8Array(0);
}
