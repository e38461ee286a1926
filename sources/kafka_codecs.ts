import { gunzipSync } from 'node:zlib';
import { compressionsAlgorithms } from '@platformatic/kafka';
import { expandSnappy } from './snappy.js';
import { expandZstd } from './zstd.js';

/** Most bytes that the records of a batch may take. */
const recordsLimit = 256 << 20;

type Decompress = (typeof compressionsAlgorithms)['zstd']['decompressSync'];

const decompressWith =
  (expand: (bytes: Uint8Array, maxBytes: number) => Uint8Array<ArrayBuffer>): Decompress =>
  (data) => {
    const { buffer, byteOffset, length } = expand(Buffer.isBuffer(data) ? data : data.buffer, recordsLimit);
    return Buffer.from(buffer, byteOffset, length);
  };

/**
 * Lets the Kafka client read the record batches that other clients write: zstd where Node.js has none of its own (before
 * 22.15), and snappy in the framing of Java's clients, which the library takes for damage. What zstd, snappy and gzip
 * expand to is capped. Writing stays as it is. Doing it twice changes nothing.
 */
export function enableCodecs(): void {
  const { zstd, snappy, gzip } = compressionsAlgorithms;
  Object.assign(zstd, { decompressSync: decompressWith(expandZstd) });
  Object.assign(snappy, { decompressSync: decompressWith(expandSnappy) });
  Object.assign(gzip, {
    decompressSync: decompressWith((bytes, maxBytes) => {
      const { buffer, byteOffset, length } = gunzipSync(bytes, { maxOutputLength: maxBytes });
      return new Uint8Array(buffer, byteOffset, length);
    }),
  });
}
