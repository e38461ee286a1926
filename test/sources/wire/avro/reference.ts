import { readFileSync } from 'node:fs';
import type { AvroSchema } from '../../../../sources/wire/avro/schema.js';
import type { Message } from '../../../../sources/wire/types.js';

interface Case {
  readonly schema: AvroSchema;
  /** Single-object encoding, in hexadecimal. */
  readonly messages: readonly string[];
  /** Numbers; NaN, -0 and infinities as text. */
  readonly columns: Readonly<Record<string, readonly (number | string)[]>>;
}

interface Reference {
  readonly published: readonly { readonly schema: AvroSchema; readonly fingerprint: string }[];
  readonly forms: readonly { readonly schema: AvroSchema; readonly canonical: string; readonly fingerprint: string }[];
  readonly cases: readonly Case[];
}

/** What fastavro wrote: test/fixtures/wire/avro/reference.py. */
export const reference = JSON.parse(
  readFileSync(new URL('../../../fixtures/wire/avro/reference.json', import.meta.url), 'utf8'),
) as Reference;

/** The schema of all of Avro's types and its messages; and that of numbers alone. */
export const [full, numbers] = reference.cases as [Case, Case];

export const messagesOf = (hex: readonly string[]): Message[] =>
  hex.map((text, i) => ({ offset: 100 + i, value: Buffer.from(text, 'hex') }));

/** Avro's long (zigzag, 7 bits a byte), written down apart from the encoder. */
export function long(n: bigint | number): Buffer {
  let left = BigInt.asUintN(64, (BigInt(n) << 1n) ^ (BigInt(n) >> 63n));
  const bytes: number[] = [];
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}
