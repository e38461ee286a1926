import type { KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import type { CheckpointWriter } from '../../runtime/live/checkpoint_claim.js';

interface Kept {
  readonly offset: number;
  readonly key: string;
  readonly value: Buffer | null;
}

/**
 * A compacted topic in memory. `log` and `writer` are those of one worker: `before` is awaited before each of their
 * operations takes effect, so that a test can put any other operation in between, or end the worker there by a throw.
 */
export function memoryTopic(name: string, partitions = 1) {
  const kept: Kept[][] = Array.from({ length: partitions }, () => []);
  const ends = kept.map(() => 0);
  /** All that was ever written, by partition. */
  const history: Kept[][] = kept.map(() => []);

  const records = (partition: number, from: number): LogRecord[] =>
    kept[partition]!.filter(({ offset }) => offset >= from).map(({ offset, key, value }) => ({
      offset,
      key: Buffer.from(key),
      value,
      headers: new Map<string, string>(),
    }));

  const log = (before: () => Promise<void>, most = Infinity): KafkaLog => ({
    async fetch(positions) {
      await before();
      return positions.map(({ topic, partition, offset }) => {
        const end = ends[partition]!;
        if (offset > end) throw new Error(`offset ${offset} is beyond the end ${end}`);
        const all = records(partition, offset);
        const some = all.slice(0, most);
        const next = some.length < all.length ? some.at(-1)!.offset + 1 : end;
        return { topic, partition, records: some, next, start: 0, end };
      });
    },
    async partitions() {
      await before();
      return partitions;
    },
    async bounds() {
      await before();
      return ends.map((end) => ({ start: 0, end }));
    },
    close: () => Promise.resolve(),
  });

  const append = (partition: number, key: string, value: Buffer | null): number => {
    const offset = ends[partition]!++;
    // A copy: what was sent is not what the caller's buffer becomes.
    const record = { offset, key, value: value && Buffer.from(value) };
    kept[partition]!.push(record);
    history[partition]!.push(record);
    return offset;
  };

  const writer = (before: () => Promise<void>): CheckpointWriter => ({
    async write(sent) {
      for (const { topic, partition, key, value } of sent) {
        if (topic !== name) throw new Error(`topic ${topic} does not exist`);
        await before();
        append(partition, key.toString(), value);
      }
    },
  });

  /** Keeps the last record of each key below an offset, and no tombstone there if `forget`. */
  const compact = (partition: number, below: number, forget: boolean): void => {
    const last = new Map(kept[partition]!.map(({ key, offset }) => [key, offset]));
    kept[partition] = kept[partition]!.filter(
      ({ key, offset, value }) => offset >= below || (last.get(key) === offset && !(forget && value === null)),
    );
  };

  return { name, log, writer, append, compact, history, end: (partition: number): number => ends[partition]!, kept };
}
