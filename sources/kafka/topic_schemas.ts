import { Problem } from '../../operators/problem.js';
import { parseSchema, type AvroSchema } from '../wire/avro/schema.js';
import { readRange } from './log_range.js';
import type { KafkaLog } from './types.js';

/**
 * Compacted topic beside a topic of Avro messages in single-object encoding: key the schema's fingerprint (hex), value the
 * schema (JSON). So readers of the messages need no registry.
 */
export const schemasTopic = (topic: string): string => `${topic}.schemas`;

/** The schemas of a topic's messages; none where there is no schemas topic. */
export async function readTopicSchemas(log: KafkaLog, topic: string): Promise<AvroSchema[]> {
  const name = schemasTopic(topic);
  const bounds = await log.bounds(name).catch((error: unknown) => {
    if (error instanceof Problem && error.exitCode === 3) return [];
    throw error;
  });
  const texts = new Map<string, string>();
  for (const [partition, { start, end }] of bounds.entries()) {
    for await (const records of readRange(log, { topic: name, partition, from: start, to: end })) {
      for (const { key, value } of records) if (value) texts.set(key?.toString() ?? '', value.toString());
    }
  }
  return [...texts].map(([fingerprint, text]) => parseSchema(text, `${fingerprint} in the topic ${name}`));
}
