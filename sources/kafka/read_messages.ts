import { addRejections, type Batch, type NumberColumn, type Rejections } from '../../operators/batch.js';
import { messageOf, Problem, wrongSample } from '../../operators/problem.js';
import { requireColumns } from '../missing_columns.js';
import type { ReadOptions, SampleInfo, SourceOptions } from '../source.js';
import { parseSchema, type AvroSchema } from '../wire/avro/schema.js';
import { fingerprint } from '../wire/avro/fingerprint.js';
import { wireDecoder } from '../wire/decoder.js';
import { schemaRegistry, type SchemaRegistry } from '../wire/registry.js';
import { WIRE_LIMITS, type BadMessage } from '../wire/types.js';
import { openStoredLog, type KafkaAccess } from './access.js';
import { parseKafkaPath, readRange } from './log_range.js';
import { gives, messageColumns, neededField } from './message_columns.js';
import { readTopicSchemas } from './topic_schemas.js';
import type { KafkaLog } from './types.js';

/** So many reasons are told apart, as a reason may quote what a message holds. */
const REASONS = 100;

async function schemasOf(log: KafkaLog, topic: string, { schemas = [] }: KafkaAccess): Promise<AvroSchema[]> {
  return [...schemas.map((text) => parseSchema(text, '--schema')), ...(await readTopicSchemas(log, topic))];
}

const registryOf = ({ registry }: KafkaAccess): SchemaRegistry | undefined =>
  registry && schemaRegistry(registry.url, registry);

/** The columns of the first message that can be read: the others are read as it is, or are bad. */
export async function describeRange(path: string, { kafka: access }: SourceOptions): Promise<SampleInfo> {
  const range = parseKafkaPath(path);
  const log = openStoredLog(access, path);
  const registry = registryOf(access!);
  let known: Promise<AvroSchema[]> | undefined;
  const schemas = (): Promise<AvroSchema[]> => (known ??= schemasOf(log, range.topic, access!));
  let why: string | undefined;
  try {
    for await (const records of readRange(log, range)) {
      for (const { value } of records) {
        try {
          const columns = await messageColumns(value, schemas, registry);
          if (columns.length > 0) return { columns };
          why ??= 'its first holds no column of numbers';
        } catch (error) {
          if (error instanceof Problem && error.exitCode !== 3) throw error;
          why ??= messageOf(error);
        }
      }
    }
  } finally {
    await log.close();
  }
  throw wrongSample(
    `${path}: no message can be read${why === undefined ? '' : ` (${why})`}; mend the range or the schemas`,
  );
}

export async function* readMessages(
  path: string,
  columns: readonly string[],
  options: ReadOptions,
): AsyncGenerator<Batch> {
  const range = parseKafkaPath(path);
  requireColumns(path, await describeRange(path, options), columns);
  const access = options.kafka!;
  const log = openStoredLog(access, path);
  const reasonOf = reasons();
  try {
    const all = await schemasOf(log, range.topic, access);
    const unfit = new Set(all.filter((schema) => !gives(schema, columns)));
    const registry = registryOf(access);
    const decoder = wireDecoder({
      needed: columns.map(neededField),
      schemas: all.filter((schema) => !unfit.has(schema)),
      ...(registry ? { registry } : {}),
      limits: WIRE_LIMITS,
    });
    const lacking = [...unfit].map((schema) => fingerprint(schema).toString('hex'));
    let read = 0;
    for await (const records of readRange(log, range)) {
      const { batches, bad } = await decoder.decode(records);
      const rejected: Rejections = {};
      for (const each of bad) addRejections(rejected, { [reasonOf(each, lacking)]: 1 });
      if (batches.length === 0 && bad.length > 0) yield { ...emptyBatch(columns, read), rejected };
      for (const [i, { length, columns: decoded, position }] of batches.entries()) {
        const mine = i === 0 && bad.length > 0 ? { rejected } : {};
        yield { start: read, length, positions: position, columns: decoded, ...mine };
        read += length;
      }
    }
  } finally {
    await log.close();
  }
}

const emptyBatch = (columns: readonly string[], start: number): Batch => ({
  start,
  length: 0,
  columns: new Map(columns.map((name): [string, NumberColumn] => [name, new Float64Array(0)])),
});

function reasons(): (bad: BadMessage, lacking: readonly string[]) => string {
  const seen = new Set<string>();
  return ({ reason }, lacking) => {
    const name = lacking.find((each) => reason.includes(each));
    const words =
      name === undefined ? reason : `Avro schema of fingerprint ${name} lacks a column that the pipeline needs`;
    if (seen.size < REASONS) seen.add(words);
    return `message: ${seen.has(words) ? words : 'cannot be read, for yet another reason'}`;
  };
}
