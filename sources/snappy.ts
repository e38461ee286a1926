import { growingBytes, type GrowingBytes } from './growing_bytes.js';

/** Snappy's stated length, as far as it is believed before the bytes are there. */
const firstRoom = 1 << 20;

/** Magic number of the frames that Java's snappy streams write (xerial snappy-java, SnappyOutputStream). */
const xerial = Buffer.from('82534e4150505900', 'hex');
const xerialHeader = 16;

/** A number of `count` bytes, least significant first; the bytes must be there. */
function word(bytes: Uint8Array, at: number, count: number): number {
  if (at + count > bytes.length) throw new Error('Snappy block is cut off');
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}

/** One block: its length as a varint, then literals and copies (Snappy format description, format_description.txt). */
function expandBlock(block: Uint8Array, output: GrowingBytes): void {
  const begin = output.length;
  output.forget();
  let stated = 0;
  let at = 0;
  for (let more = 128, shift = 0; more >= 128; shift += 7) {
    more = word(block, at++, 1);
    if (shift > 28) throw new Error('Snappy block has no length');
    stated += (more & 127) * 2 ** shift;
  }
  while (at < block.length) {
    const tag = block[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      const extra = Math.max(0, (tag >> 2) - 59);
      const length = 1 + (extra === 0 ? tag >> 2 : word(block, at, extra));
      at += extra;
      if (at + length > block.length) throw new Error('Snappy block is cut off');
      output.write(block, at, at + length);
      at += length;
    } else {
      const size = kind === 3 ? 4 : kind;
      const offset = word(block, at, size) + (kind === 1 ? (tag >> 5) * 256 : 0);
      output.repeat(offset, kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2));
      at += size;
    }
    if (output.length - begin > stated) throw new Error('Snappy block is longer than stated');
  }
  if (output.length - begin !== stated) throw new Error('Snappy block is shorter than stated');
}

/**
 * Expands Snappy: one raw block, or the framing of Java's snappy streams, in which Kafka's own clients write it. Throws on
 * damage, and before the output would pass `maxBytes`.
 */
export function expandSnappy(bytes: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> {
  const output = growingBytes(Math.min(4 * bytes.length, firstRoom), maxBytes);
  const framed = (at: number): boolean => xerial.equals(bytes.subarray(at, at + xerial.length));
  if (!framed(0)) {
    expandBlock(bytes, output);
    return output.bytes();
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length;) {
    if (framed(at)) {
      at += xerialHeader;
      continue;
    }
    const end = at + 4 + (at + 4 > bytes.length ? Infinity : view.getUint32(at));
    if (end > bytes.length) throw new Error('Snappy stream is cut off');
    expandBlock(bytes.subarray(at + 4, end), output);
    at = end;
  }
  return output.bytes();
}
