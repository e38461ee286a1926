import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addState } from '../../cli/state.js';
import { CHECKPOINT_TOPIC_CONFIG, topicCheckpoints } from '../../runtime/live/checkpoint_topic.js';
import { Fenced } from '../../runtime/live/fenced.js';
import { storedInTopic } from '../../runtime/live/stored.js';
import type { Checkpoint } from '../../runtime/live/types.js';
import { openWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection, KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { checkpointOf, stampedState } from '../support/checkpoints.js';

const MB = 2 ** 20;

describe.skipIf(!brokerOrSkip())('checkpoints in a topic of a real broker', () => {
  let connection: KafkaConnection;
  const open: { close: () => Promise<void> }[] = [];

  beforeAll(async () => {
    const { bootstrap } = await startTestBroker();
    connection = { brokers: [bootstrap], clientId: 'checkpoints', tls: null, sasl: null };
  });
  afterAll(() => Promise.all(open.map((each) => each.close())));

  /** A store over connections of its own, as another process would have. */
  function worker(topic: string) {
    const log = openLog(connection, { onRetry: () => undefined });
    const writer = openWriter(connection, { onRetry: () => undefined });
    open.push(writer, log);
    return { log, ...topicCheckpoints({ topic, log, writer, claimId: randomUUID }) };
  }
  const make = (topic: string, config: Record<string, string> = {}): Promise<void> =>
    ensureTopic(connection, { topic, partitions: 2, config: { ...CHECKPOINT_TOPIC_CONFIG, ...config } });

  const sized = (epoch: number, sequence: number, bytes: number): Checkpoint =>
    checkpointOf({ partition: 1, epoch, sequence, state: stampedState(1000 * epoch + sequence, bytes) });

  it('hands a state of several messages on, and fences the owner before off', async () => {
    await make('handed');
    const [one, two] = [worker('handed'), worker('handed')];
    expect(await one.claim('events', 1)).toEqual({ epoch: 1, checkpoint: null });
    for (const [sequence, bytes] of [3 * MB, 100, 4 * MB].entries()) await one.save(sized(1, sequence, bytes));
    expect(await two.claim('events', 1)).toEqual({ epoch: 2, checkpoint: sized(1, 2, 4 * MB) });
    await expect(one.save(sized(1, 3, 100))).rejects.toThrow(Fenced);
    await two.save(sized(2, 0, 100));
    expect(await one.list('events')).toEqual([sized(2, 0, 100)]);
    const [stored] = await storedInTopic(one.log, 'handed');
    expect(stored).toMatchObject({ of: { topic: 'events', partition: 1 }, where: 'handed/1', damage: null });
  });

  it('is shown by regimewatch state', async () => {
    await make('shown');
    const one = worker('shown');
    await one.claim('events', 1);
    await one.save(sized(1, 0, 2 * MB));
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const program = new Command().exitOverride();
    addState(program);
    const brokers = connection.brokers.join();
    await program.parseAsync(['state', 'verify', '--topic', 'shown', '--brokers', brokers], { from: 'user' });
    const [text] = write.mock.calls.map(([chunk]) => String(chunk));
    write.mockRestore();
    expect(text).toMatch(/^partition .*\nevents\/1 +1 +0 +1000 +– +\d{7} {2}[0-9a-f]{16}\n$/);
  });

  it('never gives one epoch to two', async () => {
    await make('contended');
    const claims = await Promise.all(Array.from({ length: 5 }, () => worker('contended').claim('events', 0)));
    expect(new Set(claims.map(({ epoch }) => epoch)).size).toBe(5);
  });

  it('reads on over what compaction took away', async () => {
    await make('compacted', { 'segment.ms': '100', 'min.cleanable.dirty.ratio': '0.01', 'delete.retention.ms': '0' });
    const one = worker('compacted');
    await one.claim('events', 1);
    for (let sequence = 0; sequence < 40; sequence++) await one.save(sized(1, sequence, MB));
    const records = await countRecords(one.log, 'compacted', 1);
    expect(records.length).toBeLessThan(1 + 40 * 3);
    const two = worker('compacted');
    expect(await two.claim('events', 1)).toEqual({ epoch: 2, checkpoint: sized(1, 39, MB) });
    await two.save(sized(2, 0, MB));
  });
});

/** The records that a partition still has, once compaction has taken some away. */
async function countRecords(log: KafkaLog, topic: string, partition: number): Promise<LogRecord[]> {
  for (let attempt = 0; ; attempt++) {
    const found: LogRecord[] = [];
    for (let offset = 0; ;) {
      const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: 16 * MB, waitMs: 100 });
      found.push(...batch!.records);
      offset = batch!.next;
      if (offset >= batch!.end) break;
    }
    if (found.some(({ offset }, i) => offset !== i) || attempt === 90) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
