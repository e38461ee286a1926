import { gives } from '../../sources/kafka/message_columns.js';
import { fingerprint } from '../../sources/wire/avro/fingerprint.js';
import type { AvroMessages } from '../../sources/wire/avro/messages.js';
import type { AvroSchema } from '../../sources/wire/avro/schema.js';
import { wireDecoder } from '../../sources/wire/decoder.js';
import type { WireDecoder } from '../../sources/wire/types.js';

/** Fingerprints that were asked for in vain are remembered up to so many, since damage can make any number. */
const MOST_IN_VAIN = 1000;

const UNKNOWN = /no schema has the fingerprint ([0-9a-f]{16})/;

/**
 * A decoder that asks for the schemas beside the topic when it meets a fingerprint that it does not know: a producer
 * writes its schema before its first message. A fingerprint that is not there either is asked for once.
 */
export function knowingDecoder(options: AvroMessages, ask: () => Promise<readonly AvroSchema[]>): WireDecoder {
  const known = new Map(options.schemas.map((schema) => [nameOf(schema), schema]));
  const inVain = new Set<string>();
  const names = options.needed.filter(({ optional }) => optional !== true).map(({ name }) => name);
  const make = (): WireDecoder =>
    wireDecoder({ ...options, schemas: [...known.values()].filter((schema) => gives(schema, names)) });
  let decoder = make();
  return {
    async decode(messages) {
      const found = await decoder.decode(messages);
      const unknown = found.bad.flatMap(({ reason }) => UNKNOWN.exec(reason)?.[1] ?? []);
      if (unknown.every((name) => inVain.has(name))) return found;
      if (inVain.size > MOST_IN_VAIN) inVain.clear();
      for (const schema of await ask()) known.set(nameOf(schema), schema);
      for (const name of unknown) inVain.add(name);
      decoder = make();
      return decoder.decode(messages);
    },
  };
}

const nameOf = (schema: AvroSchema): string => fingerprint(schema).toString('hex');
