import { canonicalForm } from './canonical_form.js';
import type { AvroSchema } from './schema.js';

const empty = 0xc15d213aa4d7a795n;

const table = Array.from({ length: 256 }, (_, byte) => {
  let fp = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) fp = (fp >> 1n) ^ (fp & 1n ? empty : 0n);
  return fp;
});

/**
 * CRC-64-AVRO of the Parsing Canonical Form, 8 bytes, least first, as single-object encoding writes it
 * (Avro 1.12 specification, "Schema Fingerprints" and "Single-object encoding").
 */
export function fingerprint(schema: AvroSchema): Buffer {
  let fp = empty;
  for (const byte of Buffer.from(canonicalForm(schema))) fp = (fp >> 8n) ^ table[Number(fp & 255n) ^ byte]!;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(fp);
  return bytes;
}
