import { wrongSample } from '../../operators/problem.js';
import { memoryBytes } from '../arrow/bytes.js';
import { layoutOf } from '../arrow/layout.js';
import { openArrow } from '../arrow/messages.js';
import type { ColumnInfo } from '../source.js';
import { fingerprint } from '../wire/avro/fingerprint.js';
import type { SchemaSource } from '../wire/avro/messages.js';
import { resolve, type NeededField } from '../wire/avro/resolve.js';
import type { AvroSchema } from '../wire/avro/schema.js';

/** What is needed of every column of a message: that it can be read as a number. */
export const neededField = (name: string): NeededField => ({ name, type: 'double' });

/** True if events of the schema give these columns as numbers. */
export function gives(schema: AvroSchema, names: readonly string[]): boolean {
  try {
    resolve(schema, names.map(neededField));
    return true;
  } catch {
    return false;
  }
}

/** The columns of numbers that a message holds. Throws an error that says why it cannot be read. */
export async function messageColumns(
  value: Buffer | null,
  schemas: () => Promise<readonly AvroSchema[]>,
  registry: SchemaSource | undefined,
): Promise<readonly ColumnInfo[]> {
  if (value === null || value.length < 10) throw wrongSample('message has no value, or is cut off');
  if (value.readUInt32LE(0) === 0xffffffff) {
    const { fields } = await openArrow(memoryBytes(value));
    return layoutOf(fields).columns;
  }
  const schema = await schemaOf(value, schemas, registry);
  const fields = typeof schema === 'object' && 'fields' in schema ? (schema.fields ?? []) : [];
  return fields.map(({ name }) => name).flatMap((name) => (gives(schema, [name]) ? [{ name, list: false }] : []));
}

async function schemaOf(
  value: Buffer,
  schemas: () => Promise<readonly AvroSchema[]>,
  registry: SchemaSource | undefined,
): Promise<AvroSchema> {
  if (value[0] === 0) {
    const id = value.readInt32BE(1);
    if (registry === undefined)
      throw wrongSample(`schema ${id} is in a schema registry: give its address (--registry)`);
    return registry.byId(id);
  }
  if (value[0] !== 0xc3 || value[1] !== 1) {
    throw wrongSample(`message begins with ${value.toString('hex', 0, 4)}, which is neither Avro nor Arrow`);
  }
  const name = value.subarray(2, 10);
  const schema = (await schemas()).find((each) => fingerprint(each).equals(name));
  if (schema === undefined) {
    throw wrongSample(`no schema has the fingerprint ${name.toString('hex')}: give it with --schema`);
  }
  return schema;
}
