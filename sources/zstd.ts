import * as zlib from 'node:zlib';
import { expandFrames } from './zstd/frame.js';

type Native = { zstdDecompressSync?: (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array };

/** Node.js has it from 22.15 on. */
const { zstdDecompressSync } = zlib as Native;

/**
 * Expands Zstandard frames, one after the other (RFC 8878), into a buffer of their own. Throws on damage, and before it
 * would allocate more than `maxBytes`, whatever the frames state of themselves. Frames that need a dictionary are refused.
 */
export function expandZstd(bytes: Uint8Array, maxBytes: number): Uint8Array<ArrayBuffer> {
  if (zstdDecompressSync === undefined) return expandFrames(bytes, maxBytes);
  // A copy, for Node.js may give a part of a larger buffer, at which typed arrays cannot begin.
  return new Uint8Array(zstdDecompressSync(bytes, { maxOutputLength: maxBytes }));
}
