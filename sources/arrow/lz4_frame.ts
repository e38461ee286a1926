/**
 * Expands one LZ4 frame of known size (LZ4 frame format 1.6, block format: lz4.org). Checksums are passed over.
 * Throws on anything that does not fill exactly `size` bytes; never writes or reads outside of its buffers.
 */
export function expandLz4(input: Uint8Array, size: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < 7 || view.getUint32(0, true) !== 0x184d2204) throw new Error('no LZ4 frame');
  const flags = input[4]!;
  const blockChecksum = (flags & 0x10) !== 0;
  let at = 7 + ((flags & 0x08) !== 0 ? 8 : 0) + ((flags & 0x01) !== 0 ? 4 : 0);
  const output = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  for (;;) {
    if (at + 4 > input.length) throw new Error('LZ4 frame is cut off');
    const word = view.getUint32(at, true);
    at += 4;
    if (word === 0) break;
    const end = at + (word & 0x7fffffff);
    if (end > input.length) throw new Error('LZ4 block is cut off');
    if (word >>> 31 === 1) {
      if (filled + end - at > size) throw new Error('LZ4 frame is longer than stated');
      output.set(input.subarray(at, end), filled);
      filled += end - at;
    } else filled = expandBlock(input, at, end, output, filled);
    at = end + (blockChecksum ? 4 : 0);
  }
  if (filled !== size) throw new Error('LZ4 frame is shorter than stated');
  return output;
}

function expandBlock(input: Uint8Array, from: number, end: number, output: Uint8Array, begin: number): number {
  let at = from;
  let to = begin;
  while (at < end) {
    const token = input[at++]!;
    let literals = token >>> 4;
    if (literals === 15) {
      for (let more = 255; more === 255; literals += more) {
        if (at >= end) throw new Error('LZ4 block is cut off');
        more = input[at++]!;
      }
    }
    if (at + literals > end || to + literals > output.length) throw new Error('LZ4 block is damaged');
    if (literals > 32) output.set(input.subarray(at, at + literals), to);
    else for (let k = 0; k < literals; k++) output[to + k] = input[at + k]!;
    at += literals;
    to += literals;
    if (at === end) break; // The last sequence has literals only.
    if (at + 2 > end) throw new Error('LZ4 block is cut off');
    const distance = input[at]! | (input[at + 1]! << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) {
      for (let more = 255; more === 255; length += more) {
        if (at >= end) throw new Error('LZ4 block is cut off');
        more = input[at++]!;
      }
    }
    length += 4;
    if (distance === 0 || distance > to || to + length > output.length) throw new Error('LZ4 block is damaged');
    // A match may overlap what it writes: then it repeats, byte by byte.
    if (distance >= length) output.copyWithin(to, to - distance, to - distance + length);
    else for (let k = 0; k < length; k++) output[to + k] = output[to + k - distance]!;
    to += length;
  }
  return to;
}
