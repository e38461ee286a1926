import { setTimeout as pause } from 'node:timers/promises';
import { parseKey } from '../../runtime/live/checkpoint_record.js';
import type { LiveTopics } from '../../runtime/live/live_options.js';
import { openLog } from '../../sources/kafka/log.js';
import type { KafkaConnection, LogPosition } from '../../sources/kafka/types.js';

/** A checkpoint of a lower epoch that lies behind the claim of a higher one. */
export interface LateWrite {
  readonly where: string;
  readonly epoch: number;
  readonly higher: number;
  /** A later claim has found no newer one, and went on from it. */
  inEffect: boolean;
}

export interface EpochWatch {
  readonly late: LateWrite[];
  /** Claims in all: how often a partition was taken up. */
  readonly claims: () => number;
  /** Checkpoints of partitions, and of the worker that merges: it has none before there are models. */
  readonly saves: () => number;
  readonly keeperSaves: () => number;
  readonly stop: () => Promise<void>;
}

/** Reads checkpoint topics as they grow, before compaction takes anything away. */
export function watchEpochs(
  connection: KafkaConnection,
  { checkpoints, keeper }: Pick<LiveTopics, 'checkpoints' | 'keeper'>,
): EpochWatch {
  const topics = [checkpoints, keeper];
  const log = openLog(connection, { onRetry: () => undefined });
  const late: LateWrite[] = [];
  const known = new Map<string, { claimed: number; saved: number; last: LateWrite | null }>();
  let [claims, saves, keeperSaves] = [0, 0, 0];
  let stopping = false;
  const take = (text: string, offset: number, where: string): void => {
    const key = parseKey(text);
    if (key === null) return;
    const place = `${key.topic}/${key.partition}`;
    const highest = known.get(place) ?? { claimed: 0, saved: 0, last: null };
    known.set(place, highest);
    if (typeof key.part === 'object' && 'claim' in key.part) {
      claims++;
      if (highest.last) highest.last.inEffect = true;
      highest.claimed = Math.max(highest.claimed, key.epoch);
      return;
    }
    if (key.part !== 'head') return;
    if (where.startsWith(keeper)) keeperSaves++;
    else saves++;
    const isLate = key.epoch < highest.claimed;
    const found = { where: `${where} offset ${offset}`, epoch: key.epoch, higher: highest.claimed, inEffect: false };
    if (isLate) late.push(found);
    if (key.epoch < highest.saved) return;
    highest.saved = key.epoch;
    highest.last = isLate ? found : null;
  };
  const follow = async (): Promise<void> => {
    let positions: LogPosition[] = [];
    while (positions.length === 0 && !stopping) {
      try {
        const found = await Promise.all(topics.map((topic) => log.bounds(topic)));
        positions = found.flatMap((all, i) =>
          all.map(({ start }, partition) => ({ topic: topics[i]!, partition, offset: start })),
        );
      } catch {
        await pause(200);
      }
    }
    for (let quiet = false; !stopping || !quiet;) {
      quiet = true;
      for (const batch of await log.fetch(positions, { maxBytes: 2 ** 22, waitMs: 200 })) {
        const { topic, partition, next } = batch;
        for (const { key, value, offset } of batch.records)
          if (value !== null) take(key?.toString() ?? '', offset, `${topic}/${partition}`);
        if (batch.records.length > 0) quiet = false;
        positions = positions.map((each) =>
          each.topic === topic && each.partition === partition ? { topic, partition, offset: next } : each,
        );
      }
    }
  };
  const following = follow();
  following.catch(() => undefined);
  return {
    late,
    claims: () => claims,
    saves: () => saves,
    keeperSaves: () => keeperSaves,
    stop: async () => {
      stopping = true;
      await following;
      await log.close();
    },
  };
}
