import type { ModelsMessage, SummaryMessage } from '../../runtime/live/messages.js';
import { takePart } from '../../runtime/live/parts.js';
import type { LoadedPipeline } from '../../runtime/pipeline_file.js';
import type { OutRecord } from '../../sinks/kafka/record_batch.js';
import { fakeKafka, type FakeKafka } from './fake_kafka.js';
import { EVENTS, steppedWorker, type SteppedWorker } from './live.js';
import { arrowMessage } from './live_events.js';

/** A worker with logs in memory, a clock and a lease that a test sets, and the writes that it asks for. */
export interface Bench {
  readonly kafka: FakeKafka;
  readonly worker: SteppedWorker;
  now: number;
  lease: boolean;
  readonly writes: OutRecord[];
  /** Saves and claims that were asked for. */
  stores: number;
  /** Thrown by the next write. */
  refuse: Error | null;
}

export function bench(loaded: LoadedPipeline, partitions = 1, most = 1000, kafka?: FakeKafka): Bench {
  const logs = kafka ?? fakeKafka({ [EVENTS]: partitions, 'g.dead-letters': partitions }, () => most);
  const made = { kafka: logs, now: 0, lease: true, writes: [] as OutRecord[], stores: 0, refuse: null as Error | null };
  const worker = steppedWorker(
    loaded,
    logs,
    () => made.now,
    () => made.lease,
  );
  const { write } = logs.writer;
  const writer = {
    ...logs.writer,
    write: (records: readonly OutRecord[]): Promise<void> => {
      if (made.refuse) return Promise.reject(made.refuse);
      made.writes.push(...records);
      return write(records);
    },
  };
  const checkpoints = {
    ...logs.checkpoints,
    claim: (topic: string, partition: number) => {
      made.stores++;
      return logs.checkpoints.claim(topic, partition);
    },
    save: (checkpoint: Parameters<typeof logs.checkpoints.save>[0]) => {
      made.stores++;
      return logs.checkpoints.save(checkpoint);
    },
  };
  const io = { ...worker.io, writer, checkpoints, keeperCheckpoints: checkpoints };
  return Object.assign(made, { worker: { ...worker, io } });
}

/** Puts messages into the events' log: the numbers of their events, or bytes that are none. */
export async function put(
  kafka: FakeKafka,
  partition: number,
  ...messages: (readonly number[] | Buffer)[]
): Promise<void> {
  await kafka.writer.write(
    messages.map((message) => ({
      ...{ topic: EVENTS, partition, key: null },
      value: Buffer.isBuffer(message) ? message : arrowMessage(message),
    })),
  );
}

/** What was told in a topic of whole messages. */
export function saidIn(
  kafka: FakeKafka,
  topic: string,
  hash: string,
): (SummaryMessage | ModelsMessage | { kind: 'end' })[] {
  const pending = {};
  return kafka
    .records(topic)
    .map(({ value, headers, offset }) => takePart(pending, value, headers, hash, `offset ${offset}`))
    .filter((message) => message !== null) as SummaryMessage[];
}

export const summariesSaid = (kafka: FakeKafka, hash: string): SummaryMessage[] =>
  saidIn(kafka, 'g.summaries', hash) as SummaryMessage[];

/** Told shortly: 'window 3', 'progress 4'. */
export const words = (messages: readonly SummaryMessage[]): string[] =>
  messages.map((message) => {
    switch (message.kind) {
      case 'progress':
        return `progress ${message.done} ${message.shipped}${message.idle ? ' idle' : ''}${message.ended ? ' ended' : ''}`;
      case 'state':
        return 'state';
      default:
        return `${message.kind} ${message.window}`;
    }
  });
