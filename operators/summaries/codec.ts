import { createHash } from 'node:crypto';
import { rfc8949EncodeOptions } from 'cborg';
import { decode, encode } from 'cborg/extended';

/**
 * The one codec of states and models: CBOR (RFC 8949) with the typed arrays of RFC 8746, little endian, and the sorted
 * keys of RFC 8949 § 4.2.1, so that equal states have equal bytes. Files of every release are re-read for ever.
 */
export const encodeState = (state: unknown): Uint8Array => encode(state, rfc8949EncodeOptions);

/** The content of such bytes; throws on others. */
export const decodeState = (bytes: Uint8Array): unknown => decode(bytes);

/** SHA-256 (hex) of the encoded content: the name of a state or a model. */
export const contentHash = (content: unknown): string =>
  createHash('sha256').update(encodeState(content)).digest('hex');
