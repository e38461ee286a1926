import { messageOf, Problem } from '../../../operators/problem.js';
import { POSITIONS_PER_MESSAGE, type BadMessage, type Message, type WireBatch, type WireLimits } from '../types.js';
import { avroDecoder } from './decoder.js';
import { fingerprint } from './fingerprint.js';
import { canonical } from './canonical_form.js';
import { presentIn, type NeededField } from './resolve.js';
import { batchOf, makeRoom, newRun, type Reader, type Run } from './run.js';
import { isUnion, type AvroSchema } from './schema.js';

/** Where the schemas of Confluent framing are: a schema registry. */
export interface SchemaSource {
  /** A Problem (3) says that the schema cannot be used, any other error that it could not be asked for. */
  readonly byId: (id: number) => Promise<AvroSchema>;
}

export interface AvroMessages {
  readonly needed: readonly NeededField[];
  /** Schemas of single-object encoding. */
  readonly schemas: readonly AvroSchema[];
  readonly registry?: SchemaSource;
  readonly limits: WireLimits;
}

/** The words of a Problem (3), which is of one message alone; anything else is thrown on. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Problem) || thrown.exitCode !== 3) throw thrown;
  return thrown.message;
}

/** Reads what a schema has of what is needed. */
function readerOf(schema: AvroSchema, needed: readonly NeededField[]): Reader {
  const record = canonical(schema);
  const fields = typeof record === 'string' || isUnion(record) || record.type !== 'record' ? [] : record.fields;
  const present = presentIn(
    needed,
    fields.map(({ name }) => name),
  );
  return { decode: avroDecoder(schema, present), names: present.map(({ name }) => name) };
}

function usable(reader: () => Reader): Reader | string {
  try {
    return reader();
  } catch (thrown) {
    return reasonOf(thrown);
  }
}

/**
 * Decodes messages in Avro's single-object encoding (C3 01, the fingerprint of one of the schemas, the record) and in
 * Confluent framing (00, a registry's 4-byte id, the record). A message that cannot be read is bad; neighbours of one
 * schema share a batch, bad ones between them left out. A known schema that lacks what is needed throws a Problem (3) at
 * once; a registry that cannot be asked rejects, so that its silence does not make messages bad.
 */
export function avroMessages(
  options: AvroMessages,
): (messages: readonly Message[]) => Promise<{ batches: WireBatch[]; bad: BadMessage[] }> {
  const { needed, schemas, registry, limits } = options;
  const byFingerprint = new Map(
    schemas.map((schema): [string, Reader] => [fingerprint(schema).toString('hex'), readerOf(schema, needed)]),
  );
  const byId = new Map<number, Reader | string>();
  /** The fingerprint seen last, in two words: most messages repeat it. */
  let last: { readonly low: number; readonly high: number; readonly reader: Reader } | undefined;

  /** The reader of a registry's schema, or why there is none. */
  async function ask(id: number): Promise<Reader | string> {
    if (registry === undefined) return `schema ${id} is in a schema registry: give its address`;
    try {
      const schema = await registry.byId(id);
      byId.set(
        id,
        usable(() => readerOf(schema, needed)),
      );
      return byId.get(id)!;
    } catch (thrown) {
      return reasonOf(thrown);
    }
  }

  function known(value: Buffer): Reader | string | { readonly id: number } {
    if (value.length > limits.maxBytes) return `it has ${value.length} bytes, limit ${limits.maxBytes}`;
    if (value[0] === 0 && value.length >= 5) {
      const id = value.readInt32BE(1);
      return byId.get(id) ?? { id };
    }
    if (value[0] !== 0xc3 || value[1] !== 0x01 || value.length < 10) return 'it is cut off within its Avro header';
    const [low, high] = [value.readInt32LE(2), value.readInt32LE(6)];
    if (last?.low === low && last.high === high) return last.reader;
    const hex = value.toString('hex', 2, 10);
    const reader = byFingerprint.get(hex);
    if (reader) last = { low, high, reader };
    return reader ?? `no schema has the fingerprint ${hex}: give it with --schema`;
  }
  return async (messages) => {
    const batches: WireBatch[] = [];
    const bad: BadMessage[] = [];
    let run: Run | undefined;
    const finish = (): void => {
      if (run && run.length > 0) batches.push(batchOf(run));
    };
    for (let i = 0; i < messages.length; i++) {
      const { offset, value } = messages[i]!;
      const found = value === null ? 'it has no value' : known(value);
      const reader = typeof found === 'object' && 'id' in found ? await ask(found.id) : found;
      if (value === null || typeof reader === 'string') {
        bad.push({ offset, reason: `Avro message: ${typeof reader === 'string' ? reader : ''}` });
        continue;
      }
      if (run?.reader !== reader) {
        finish();
        run = newRun(reader);
      }
      makeRoom(run, messages.length - i);
      try {
        reader.decode(value, value[0] === 0 ? 5 : 10, run.columns, run.length);
      } catch (thrown) {
        bad.push({ offset, reason: `Avro record: ${messageOf(thrown)}` });
        continue;
      }
      run.position[run.length++] = offset * POSITIONS_PER_MESSAGE;
    }
    finish();
    return { batches, bad };
  };
}
