import { Problem } from '../../operators/problem.js';
import { encodeCheckpoint, type Place } from './checkpoint.js';
import { claimPartition, lookOn, type Hold, type TopicStoreOptions } from './checkpoint_claim.js';
import { chunkKey, cut, headKey } from './checkpoint_record.js';
import { Fenced } from './fenced.js';
import { storedInTopic } from './stored.js';
import type { Checkpoint, CheckpointStore } from './types.js';

const CHUNK_BYTES = 900_000;

/** Settings of the topic: short segments, since only closed ones are compacted, and a new owner reads all that is left. */
export const CHECKPOINT_TOPIC_CONFIG = {
  'cleanup.policy': 'compact',
  'segment.ms': '60000',
  'segment.bytes': String(32 * 2 ** 20),
  'min.cleanable.dirty.ratio': '0.1',
  'delete.retention.ms': '60000',
} as const;

/**
 * Checkpoints in a compacted topic (keys and values: checkpoint_record.ts).
 *
 * Claim: read to the end, write a claim of the highest epoch + 1 under a name of its own, read on to the end. Of the claims
 * of one epoch the first in the log has it; whoever comes second, or meets a higher one, claims anew. Save: a checkpoint
 * that outgrows a message goes in chunks to the slot that the last head does not name, then a head names them, so that
 * every prefix of the log holds a whole checkpoint, the old one or the new. Before and after, what others added is looked
 * at: a higher epoch is `Fenced`. So once `save` has resolved, every later claim finds this checkpoint or a later one.
 *
 * `save` takes the state before its first await. After any other failure it is not known what the log holds, and the
 * partition is to be claimed again. Calls for one partition follow each other.
 */
export function topicCheckpoints(options: TopicStoreOptions): CheckpointStore {
  const holds = new Map<string, Hold>();
  return {
    async claim(topic, partition) {
      holds.delete(nameOf({ topic, partition }));
      const { hold, checkpoint } = await claimPartition(options, { topic, partition });
      holds.set(nameOf(hold.place), hold);
      return { epoch: hold.epoch, checkpoint };
    },
    save: (checkpoint) => save(options, holds.get(nameOf(checkpoint)), checkpoint),
    async list(topic) {
      const found: Checkpoint[] = [];
      for (const { of, checkpoint, damage } of await storedInTopic(options.log, options.topic)) {
        if (of.topic !== topic) continue;
        if (damage !== null) throw damage;
        found.push(checkpoint);
      }
      return found;
    },
    close: () => Promise.resolve(),
  };
}

const nameOf = ({ topic, partition }: Place): string => `${topic}/${partition}`;

async function save(options: TopicStoreOptions, hold: Hold | undefined, checkpoint: Checkpoint): Promise<void> {
  const bytes = encodeCheckpoint(checkpoint);
  const { epoch, partition } = checkpoint;
  if (hold !== undefined && epoch < hold.epoch) throw new Fenced(checkpoint.topic, partition, epoch, hold.epoch);
  if (hold?.epoch !== epoch || !hold.sound) {
    throw new Problem(
      1,
      `checkpoint ${nameOf(checkpoint)}: epoch ${epoch} is not held since a save of it failed, or it was never claimed; claim the partition again`,
    );
  }
  const put = async (records: readonly (readonly [key: string, value: Buffer | null])[]): Promise<void> => {
    await options.writer.write(
      records.map(([key, value]) => ({ topic: options.topic, partition, key: Buffer.from(key), value })),
    );
    hold.written += records.length;
  };
  hold.sound = false;
  await lookOn(options, hold);
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  if (bytes.length <= chunkBytes) {
    await put([[headKey(checkpoint, epoch), bytes]]);
  } else {
    const slot = hold.slot === 0 ? 1 : 0;
    const { head, chunks } = cut(bytes, checkpoint.sequence, slot, chunkBytes);
    // One at a time: a batch of several would outgrow a message of the broker.
    for (const [i, chunk] of chunks.entries()) await put([[chunkKey(checkpoint, epoch, slot, i), chunk]]);
    await put([[headKey(checkpoint, epoch), head]]);
    hold.slot = slot;
  }
  await lookOn(options, hold);
  if (!hold.covered) {
    if (hold.lower.size > 0) await put([...hold.lower].map((key) => [key, null] as const));
    hold.lower.clear();
    hold.covered = true;
  }
  hold.sound = true;
}
