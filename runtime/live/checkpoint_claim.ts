import { wrongPipeline, wrongSample } from '../../operators/problem.js';
import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import type { Place } from './checkpoint.js';
import { claimKey, newestOf, parseKey, shelve, type RecordKey, type Shelf } from './checkpoint_record.js';
import { Fenced } from './fenced.js';
import { readOn } from './read_on.js';
import type { Checkpoint } from './types.js';

/** What the store needs of a producer: resolves when all in-sync replicas have the records, in the order of the calls. */
export interface CheckpointWriter {
  readonly write: (
    records: readonly { topic: string; partition: number; key: Buffer; value: Buffer | null }[],
  ) => Promise<void>;
}

export interface TopicStoreOptions {
  /** The compacted topic, which holds nothing else: partition p of it is for partition p of the events. */
  readonly topic: string;
  readonly log: KafkaLog;
  readonly writer: CheckpointWriter;
  /** A name that no other claim has, of letters, digits and '-', such as a random UUID. */
  readonly claimId: () => string;
  /** Largest value of a record (default 900,000 bytes: within the broker's default for a message, 1,048,588). */
  readonly chunkBytes?: number;
}

/** What an owner knows of its partition. */
export interface Hold {
  readonly place: Place;
  readonly epoch: number;
  /** All records below were looked at; as many as `written` of those above are its own. */
  position: number;
  written: number;
  /** Slot that the last head names. */
  slot: 0 | 1;
  /** Keys of lower epochs, to be taken away once there is a checkpoint of this one. */
  readonly lower: Set<string>;
  covered: boolean;
  /** False from the beginning of a save to its success. */
  sound: boolean;
}

/** Claims the partition, as checkpoint_topic.ts says, and reads its newest checkpoint. */
export async function claimPartition(
  { topic, log, writer, claimId }: TopicStoreOptions,
  place: Place,
): Promise<{ hold: Hold; checkpoint: Checkpoint | null }> {
  const { partition } = place;
  const bounds = (await log.bounds(topic))[partition];
  if (bounds === undefined) {
    throw wrongPipeline(`topic ${topic}: has no partition ${partition}; give it as many as topic ${place.topic} has`);
  }
  const shelf: Shelf = new Map();
  /** Claims in the order of the log, those that compaction left. */
  const claims: { epoch: number; id: string }[] = [];
  let highest = 0;
  const take = (record: LogRecord): void => {
    const { text, key } = recordKey(topic, partition, record);
    if (key.topic !== place.topic || key.partition !== place.partition) return;
    shelve(shelf, text, key, record);
    highest = Math.max(highest, key.epoch);
    if (typeof key.part === 'object' && 'claim' in key.part && record.value !== null) {
      claims.push({ epoch: key.epoch, id: key.part.claim });
    }
  };
  let position = await readOn(log, { topic, partition, offset: bounds.start }, take);
  for (;;) {
    const epoch = highest + 1;
    const id = claimId();
    await writer.write([{ topic, partition, key: Buffer.from(claimKey(place, epoch, id)), value: Buffer.from(id) }]);
    position = await readOn(log, { topic, partition, offset: position }, take);
    // A claim that a higher epoch has already taken away again is not seen; then that epoch is.
    if (highest > epoch || claims.find((claim) => claim.epoch === epoch)?.id !== id) continue;
    const lower = new Set([...shelf].flatMap(([text, { key }]) => (key.epoch < epoch ? [text] : [])));
    const found = newestOf(shelf, place, `${topic}/${partition}`);
    const hold: Hold = { place, epoch, position, written: 0, slot: 1, lower, covered: false, sound: true };
    return { hold, checkpoint: found?.checkpoint ?? null };
  }
}

/**
 * Looks at what was added since the last time: a record of a higher epoch is `Fenced`. The owner's own records need no
 * reading: if the log has grown by their number alone, nobody else has written.
 */
export async function lookOn({ topic, log }: TopicStoreOptions, hold: Hold): Promise<void> {
  const { place, epoch, lower } = hold;
  const { partition } = place;
  const expected = hold.position + hold.written;
  const [batch] = await log.fetch([{ topic, partition, offset: expected }], { maxBytes: 1, waitMs: 0 });
  if (batch?.end === expected) {
    hold.position = expected;
  } else {
    let highest = 0;
    hold.position = await readOn(log, { topic, partition, offset: hold.position }, (record) => {
      const { text, key } = recordKey(topic, partition, record);
      if (key.topic !== place.topic || key.partition !== place.partition) return;
      highest = Math.max(highest, key.epoch);
      if (key.epoch < epoch && record.value !== null) lower.add(text);
    });
    if (highest > epoch) throw new Fenced(place.topic, partition, epoch, highest);
  }
  hold.written = 0;
}

export function recordKey(topic: string, partition: number, record: LogRecord): { text: string; key: RecordKey } {
  const text = record.key?.toString('utf8') ?? '';
  const key = parseKey(text);
  if (key !== null) return { text, key };
  throw wrongSample(
    `topic ${topic}/${partition}, offset ${record.offset}: its key '${text.slice(0, 40)}' is none of a checkpoint; ` +
      'give a topic that nothing else writes to',
  );
}
