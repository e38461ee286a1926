import { Problem } from '../../operators/problem.js';
import type { KafkaLog } from '../../sources/kafka/types.js';
import { decodeAt, type Place } from './checkpoint.js';
import { recordKey } from './checkpoint_claim.js';
import { checkpointFiles, order } from './checkpoint_names.js';
import { newestOf, shelve, type Shelf } from './checkpoint_record.js';
import { readIfThere } from './durable_file.js';
import { readOn } from './read_on.js';
import type { Checkpoint } from './types.js';

/** A checkpoint as it lies in a store, or what is wrong with it. */
export type Stored = {
  readonly of: Place;
  /** File, or topic and partition. */
  readonly where: string;
  /** Encoded; 0 where a topic's is damaged. */
  readonly bytes: number;
} & (
  { readonly checkpoint: Checkpoint; readonly damage: null } | { readonly checkpoint: null; readonly damage: Problem }
);

/** Every checkpoint file of a folder, by topic and partition, the newest of a partition first; older ones follow it. */
export async function storedInFolder(folder: string): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const file of await checkpointFiles(folder)) {
    if (file.kind !== 'checkpoint' && file.kind !== 'checkpoint.1') continue;
    const content = await readIfThere(file.path);
    if (content === null) continue;
    const { topic, partition, path } = file;
    const bytes = content.length;
    stored.push({ of: { topic, partition }, where: path, bytes, ...tried(() => decodeAt(content, file, path)) });
  }
  return stored;
}

/** The newest checkpoint of each partition of the events that a checkpoint topic has one of. */
export async function storedInTopic(log: KafkaLog, topic: string): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const [partition, { start }] of (await log.bounds(topic)).entries()) {
    const shelves = new Map<string, { of: Place; shelf: Shelf }>();
    await readOn(log, { topic, partition, offset: start }, (record) => {
      const { text, key } = recordKey(topic, partition, record);
      const name = `${key.topic}/${key.partition}`;
      const { shelf } = shelves.get(name) ?? { shelf: new Map() };
      shelves.set(name, { of: { topic: key.topic, partition: key.partition }, shelf });
      shelve(shelf, text, key, record);
    });
    const where = `${topic}/${partition}`;
    for (const { of, shelf } of shelves.values()) {
      const found = tried(() => newestOf(shelf, of, where));
      if (found.damage !== null) stored.push({ of, where, bytes: 0, ...found });
      else if (found.checkpoint !== null) stored.push({ of, where, ...found.checkpoint, damage: null });
    }
  }
  return stored.sort((a, b) => order(a.of.topic, b.of.topic) || a.of.partition - b.of.partition);
}

function tried<T>(decode: () => T): { checkpoint: T; damage: null } | { checkpoint: null; damage: Problem } {
  try {
    return { checkpoint: decode(), damage: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { checkpoint: null, damage: error };
  }
}
