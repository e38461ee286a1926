import { open } from 'node:fs/promises';
import { wrongSample } from '../../operators/problem.js';

/** Bytes of whole lines, each with its line end; `line` numbers the first of them from 1. */
export interface Slab {
  readonly bytes: Buffer;
  readonly line: number;
}

const usualChunk = 1 << 20;
const lineLimit = 16 << 20;

/** Number of line ends. */
export function newlines(bytes: Buffer): number {
  let n = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) n++;
  return n;
}

/**
 * A text file in slabs of whole lines of about a megabyte. A byte order mark is left out, a last line without an end
 * gets one. `chunkBytes`, at least 3, is how much is read at once: any gives the same lines. Throws if a line is longer
 * than 16 MiB: memory stays within that, whatever the file holds.
 */
export async function* slabs(
  path: string,
  onBytes?: (bytes: number) => void,
  chunkBytes = usualChunk,
): AsyncGenerator<Slab> {
  const handle = await open(path);
  try {
    let rest = Buffer.alloc(0);
    let line = 1;
    for (let at = 0; ;) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, at);
      const isFirst = at === 0;
      at += bytesRead;
      const read = chunk.subarray(isFirst && chunk.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0, bytesRead);
      const bytes = rest.length === 0 ? read : Buffer.concat([rest, read]);
      if (bytesRead === 0) {
        if (bytes.length > 0) yield { bytes: Buffer.concat([bytes, Buffer.from('\n')]), line };
        return;
      }
      const end = bytes.lastIndexOf(10) + 1;
      rest = bytes.subarray(end);
      if (rest.length > lineLimit) {
        const where = line + newlines(bytes);
        throw wrongSample(`${path}:${where}: line is longer than ${lineLimit >> 20} MiB: write one event a line`);
      }
      if (end === 0) continue;
      const slab = { bytes: bytes.subarray(0, end), line };
      line += newlines(slab.bytes);
      yield slab;
      onBytes?.(at);
    }
  } finally {
    await handle.close();
  }
}
