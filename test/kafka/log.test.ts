import { deleteRecordsV2, Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from '../../kafka/client.js';
import { clientOptions, type Retry } from '../../kafka/connection.js';
import { openWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import { deleteTopic, ensureTopic } from '../../sources/kafka/topics.js';
import { TruncatedLog } from '../../sources/kafka/truncated_log.js';
import type { KafkaConnection, KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import type { Broker } from '../../docker/kafka/broker.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { problemOf } from '../support/problem_of.js';
import { until } from '../support/scraping.js';

const ASK = { maxBytes: 1 << 20, waitMs: 200 };

describe.skipIf(!brokerOrSkip())('openLog', () => {
  let broker: Broker;
  let connection: KafkaConnection;
  let log: KafkaLog;
  const retries: Retry[] = [];
  const onRetry = (retry: Retry): void => void retries.push(retry);

  beforeAll(async () => {
    broker = await startTestBroker();
    connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    log = openLog(connection, { onRetry });
  });
  afterAll(() => log.close());

  const fill = async (topic: string, partitions: number, count: number): Promise<void> => {
    await ensureTopic(connection, { topic, partitions });
    const writer = openWriter(connection, { onRetry });
    await writer.write(
      Array.from({ length: count }, (_, i) => ({
        ...{ topic, partition: i % partitions, key: Buffer.from(`k${i}`) },
        ...{ value: Buffer.from(`v${i}`), headers: { n: String(i) } },
      })),
    );
    await writer.close();
  };

  /** All records of partition 0 from `offset` to the end. */
  const readAll = async (topic: string, offset = 0): Promise<LogRecord[]> => {
    const records: LogRecord[] = [];
    for (;;) {
      const [batch] = await log.fetch([{ topic, partition: 0, offset }], ASK);
      if (batch === undefined) continue;
      records.push(...batch.records);
      offset = batch.next;
      if (offset >= batch.end) return records;
    }
  };

  it('reads partitions side by side, from where it is asked to', async () => {
    await fill('side', 3, 300);
    expect(await log.partitions('side')).toBe(3);
    expect(await log.bounds('side')).toEqual(Array.from({ length: 3 }, () => ({ start: 0, end: 100 })));
    const batches = await log.fetch(
      [0, 1, 2].map((partition) => ({ topic: 'side', partition, offset: 10 * partition })),
      ASK,
    );
    expect(batches.map(({ partition }) => partition).sort()).toEqual([0, 1, 2]);
    for (const { partition, records, next, start, end } of batches) {
      expect([records[0]!.offset, records.length, next, start, end]).toEqual([
        ...[10 * partition, 100 - 10 * partition, 100, 0, 100],
      ]);
      const first = 30 * partition + partition;
      expect(records[0]).toEqual({
        ...{ offset: 10 * partition, key: Buffer.from(`k${first}`), value: Buffer.from(`v${first}`) },
        headers: new Map([['n', String(first)]]),
      });
    }
    const [idle] = await log.fetch([{ topic: 'side', partition: 0, offset: 100 }], ASK);
    expect(idle).toEqual({ topic: 'side', partition: 0, records: [], next: 100, start: 0, end: 100 });
  });

  it('gives every partition its turn when an answer holds one only', async () => {
    await fill('turns', 2, 4000);
    const positions = [0, 1].map((partition) => ({ topic: 'turns', partition, offset: 0 }));
    const small = { maxBytes: 1000, waitMs: 200 };
    for (let i = 0; i < 40 && positions.some(({ offset }) => offset === 0); i++)
      for (const { partition, next } of await log.fetch(positions, small)) positions[partition]!.offset = next;
    expect(positions.map(({ offset }) => offset > 0)).toEqual([true, true]);
  });

  it('delivers no aborted transaction and no marker, and leaves no hole in what it has read', async () => {
    await ensureTopic(connection, { topic: 'transactions', partitions: 1 });
    const producer = new Producer({
      ...clientOptions(connection),
      ...{ idempotent: true, transactionalId: 'test', retries: 5 },
    });
    for (const [value, commit] of [
      ['a', true],
      ['b', false],
      ['c', true],
    ] as const) {
      const transaction = await producer.beginTransaction();
      await transaction.send({ messages: [{ topic: 'transactions', partition: 0, value: Buffer.from(value) }] });
      await (commit ? transaction.commit() : transaction.abort());
    }
    await producer.close();
    // The broker answers a commit before it has written its marker: until then readers of committed records end earlier.
    await until('all markers are written', async () => (await log.bounds('transactions'))[0]?.end === 6);
    const records = await readAll('transactions');
    expect(records.map(({ offset, value }) => [offset, value?.toString()])).toEqual([
      [0, 'a'],
      [4, 'c'],
    ]);
    expect(await log.bounds('transactions')).toEqual([{ start: 0, end: 6 }]);
  });

  it('says which offsets retention has removed', async () => {
    await fill('short', 2, 500);
    const client = openClient(connection);
    await client.call(undefined, deleteRecordsV2.api, [
      [{ name: 'short', partitions: [{ partitionIndex: 1, offset: 120n }] }],
      5000,
    ]);
    client.close();
    const problem = await problemOf(() => log.fetch([{ topic: 'short', partition: 1, offset: 100 }], ASK));
    expect(problem).toBeInstanceOf(TruncatedLog);
    expect(problem).toMatchObject({ exitCode: 1, topic: 'short', partition: 1, wanted: 100, start: 120 });
    expect(problem.message).toBe(
      'topic short partition 1: offsets 100 to 119 are gone from the log (retention); ' +
        'lengthen retention.ms of the topic, and begin at what is left under another --group',
    );
    const [batch] = await log.fetch([{ topic: 'short', partition: 1, offset: 120 }], ASK);
    expect([batch!.records[0]!.offset, batch!.start]).toEqual([120, 120]);
  });

  it('refuses an offset beyond the end, a partition and a topic that are not there', async () => {
    await fill('refuse', 1, 5);
    const of = (topic: string, partition: number, offset: number) =>
      problemOf(() => log.fetch([{ topic, partition, offset }], ASK));
    expect((await of('refuse', 0, 6)).message).toContain('was to be read from offset 6, but the log ends at 5');
    expect((await of('refuse', 1, 0)).message).toBe('topic refuse: has 1 partitions, and partition 1 is asked for');
    const missing = await problemOf(() => log.partitions('nowhere'));
    expect([missing.exitCode, missing.message]).toEqual([
      3,
      'topic nowhere: does not exist; make it first (regimewatch produce does), or mend the name',
    ]);
  });

  it('tells a topic that was made anew from the one it was reading', async () => {
    await fill('anew', 1, 5);
    expect((await readAll('anew')).length).toBe(5);
    await deleteTopic(connection, 'anew');
    await fill('anew', 1, 9);
    expect((await problemOf(() => readAll('anew', 5))).message).toContain(
      'was deleted and made anew while it was read',
    );
  });

  it('makes topics once, with the number of partitions that is asked for', async () => {
    await ensureTopic(connection, { topic: 'made', partitions: 2, config: { 'cleanup.policy': 'compact' } });
    await ensureTopic(connection, { topic: 'made', partitions: 2 });
    const problem = await problemOf(() => ensureTopic(connection, { topic: 'made', partitions: 3 }));
    expect([problem.exitCode, problem.message]).toEqual([
      2,
      'topic made: has 2 partitions where 3 are wanted; ask for 2, or name another topic',
    ]);
    const wrong = { topic: 'wrong', partitions: 1, config: { 'cleanup.policy': 'burn' } };
    expect((await problemOf(() => ensureTopic(connection, wrong))).message).toMatch(
      /^Kafka: topic wrong: broker says INVALID_CONFIG \(.*burn.*\)$/,
    );
  });

  it('goes on where it was when the broker comes back, and ends when it is closed', async () => {
    await fill('back', 1, 10);
    expect((await readAll('back')).length).toBe(10);
    retries.length = 0;
    await broker.kill();
    const waiting = log.fetch([{ topic: 'back', partition: 0, offset: 4 }], ASK);
    const other = openLog(connection, { onRetry });
    const closed = problemOf(() => other.bounds('back'));
    await expect.poll(() => retries.length, { timeout: 20_000 }).toBeGreaterThan(3);
    await other.close();
    expect((await closed).message).toBe('Kafka: bounds of topic back: closed');
    await broker.restart();
    expect((await waiting)[0]?.records.map(({ offset }) => offset)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(retries.every(({ waitMs }) => waitMs >= 50 && waitMs <= 5000)).toBe(true);
    expect(retries.at(-1)?.error).toMatch(/^(no broker at|connection to|no answer from) 127\.0\.0\.1:\d+/);
  });
});
