import { createHash } from 'node:crypto';
import { decode, encode } from 'cborg/extended';

/**
 * The one codec of states and models: CBOR (RFC 8949) with the typed arrays of RFC 8746, little endian, and sorted
 * keys, so that equal states have equal bytes. Files of every release are re-read for ever.
 */
export const encodeState = (state: unknown): Uint8Array => encode(state);

export const decodeState = (bytes: Uint8Array): unknown => decode(bytes);

/** SHA-256 (hex) of the encoded content: the name of a state or a model. */
export const contentHash = (content: unknown): string => createHash('sha256').update(encode(content)).digest('hex');
