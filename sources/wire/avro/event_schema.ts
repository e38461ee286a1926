import { wrongPipeline } from '../../../operators/problem.js';
import { WIRE_KEY, WIRE_POSITION, type WireField } from '../types.js';
import type { AvroSchema } from './schema.js';

const docs = new Map([
  [WIRE_KEY[0], 'Lower 32 bits of the hash that names the event.'],
  [WIRE_KEY[1], 'Upper 32 bits of the hash that names the event.'],
  [WIRE_POSITION, 'Number of the event in the sample that it came from.'],
]);

/** Avro's names know letters, digits and _, and do not begin with a digit. */
const recordName = (pipeline: string): string => pipeline.replace(/\W/g, '_').replace(/^(?=\d)/, '_');

/**
 * The record schema of a pipeline's events, `regimewatch.<name>`: one field a column, in the order given. A character of
 * the pipeline's name that Avro does not know becomes _. A field of another name than Avro knows is a Problem (2).
 */
export function eventSchema(name: string, fields: readonly WireField[]): AvroSchema {
  const wrong = fields.find((field) => !/^[A-Za-z_]\w*$/.test(field.name));
  if (wrong) throw wrongPipeline(`column '${wrong.name}' cannot be an Avro field: name it with letters, digits and _`);
  return {
    type: 'record',
    name: recordName(name),
    namespace: 'regimewatch',
    doc: `An event of the pipeline ${name}; NaN where a number is absent.`,
    fields: fields.map((field) => ({
      name: field.name,
      type: field.type,
      doc: docs.get(field.name) ?? `Column ${field.name} of the event.`,
    })),
  };
}
