import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import type { Retry } from '../../kafka/connection.js';
import { deadLetters } from '../../sinks/kafka/dead_letters.js';
import type { OutRecord } from '../../sinks/kafka/record_batch.js';
import { openWriter, type RecordWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection, KafkaLog, LogRecord } from '../../sources/kafka/types.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { problemOf } from '../support/problem_of.js';

describe.skipIf(!brokerOrSkip())('openWriter', () => {
  let broker: Broker;
  let connection: KafkaConnection;
  let log: KafkaLog;
  let writer: RecordWriter;
  const retries: Retry[] = [];
  const onRetry = (retry: Retry): void => void retries.push(retry);

  beforeAll(async () => {
    broker = await startTestBroker();
    connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    log = openLog(connection, { onRetry });
    writer = openWriter(connection, { onRetry });
  });
  afterAll(() => Promise.all([log.close(), writer.close()]));

  const readAll = async (topic: string, partition = 0): Promise<LogRecord[]> => {
    const records: LogRecord[] = [];
    for (let offset = 0; ;) {
      const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: 4 << 20, waitMs: 100 });
      if (batch === undefined) continue;
      records.push(...batch.records);
      offset = batch.next;
      if (offset >= batch.end) return records;
    }
  };
  const numbered = (topic: string, partition: number, from: number, count: number): OutRecord[] =>
    Array.from({ length: count }, (_, i) => ({ topic, partition, key: null, value: Buffer.from(String(from + i)) }));
  const numbers = (records: readonly LogRecord[]): number[] => records.map(({ value }) => Number(value!.toString()));
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

  it('keeps the order of writes in each partition, and writes each record once', async () => {
    await ensureTopic(connection, { topic: 'order', partitions: 3 });
    const writes: Promise<void>[] = [];
    for (let i = 0; i < 300; i++) {
      writes.push(writer.write([0, 1, 2].flatMap((partition) => numbered('order', partition, 10 * i, 10))));
      if (i % 20 === 0) await new Promise(setImmediate);
    }
    await writer.flush();
    await Promise.all(writes);
    for (const partition of [0, 1, 2]) expect(numbers(await readAll('order', partition))).toEqual(upTo(3000));
  });

  for (const compression of ['gzip', 'lz4'] as const)
    it(`writes ${compression}, empty keys and tombstones`, async () => {
      const topic = `packed-${compression}`;
      await ensureTopic(connection, { topic, partitions: 1, config: { 'compression.type': 'producer' } });
      const packing = openWriter(connection, { onRetry, compression });
      const value = Buffer.from('same '.repeat(1000));
      await packing.write([
        { topic, partition: 0, key: Buffer.alloc(0), value, headers: { a: 'b' } },
        { topic, partition: 0, key: Buffer.from('k'), value: null },
      ]);
      await packing.close();
      expect(await readAll(topic)).toEqual([
        { offset: 0, key: Buffer.alloc(0), value, headers: new Map([['a', 'b']]) },
        { offset: 1, key: Buffer.from('k'), value: null, headers: new Map() },
      ]);
    });

  it('goes on when the broker dies under it: nothing is lost, nothing is there twice', async () => {
    await ensureTopic(connection, { topic: 'dies', partitions: 2 });
    retries.length = 0;
    let written = 0;
    let stop = false;
    const writing = (async () => {
      while (!stop) {
        await Promise.all([
          writer.write(numbered('dies', 0, written, 500)),
          writer.write(numbered('dies', 1, written, 500)),
        ]);
        written += 500;
      }
    })();
    for (let i = 0; i < 3; i++) {
      const before = written;
      await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(before + 2000);
      await broker.kill();
      await broker.restart();
    }
    stop = true;
    await writing;
    expect(retries.some(({ what }) => what === 'writing')).toBe(true);
    for (const partition of [0, 1]) expect(numbers(await readAll('dies', partition))).toEqual(upTo(written));
  });

  it('acknowledges nothing while the broker refuses, and tells of it', async () => {
    await ensureTopic(connection, { topic: 'refused', partitions: 1, config: { 'min.insync.replicas': '2' } });
    const waiting = openWriter(connection, { onRetry });
    retries.length = 0;
    let acknowledged = false;
    const write = waiting.write(numbered('refused', 0, 0, 1)).then(() => {
      acknowledged = true;
    });
    await expect.poll(() => retries.length, { timeout: 20_000 }).toBeGreaterThan(3);
    expect(retries[0]).toMatchObject({ what: 'writing', attempt: 1 });
    expect(retries[0]!.error).toMatch(/^topic refused partition 0: broker says NOT_ENOUGH_REPLICAS /);
    expect(acknowledged).toBe(false);
    await waiting.close();
    expect((await problemOf(() => write)).message).toBe('Kafka: writing: closed');
    expect((await problemOf(() => waiting.write([]))).message).toBe('Kafka: writing: closed');
    expect((await problemOf(() => waiting.flush())).message).toBe('Kafka: writing: closed');
  });

  it('halves a batch that is too large, and names a record that is', async () => {
    await ensureTopic(connection, { topic: 'small', partitions: 1, config: { 'max.message.bytes': '20000' } });
    const value = Buffer.alloc(3000, 1);
    const some = Array.from({ length: 50 }, (_, i) => ({
      ...{ topic: 'small', partition: 0, key: Buffer.from(String(i)), value },
    }));
    const own = openWriter(connection, { onRetry });
    await own.write(some);
    expect((await readAll('small')).map(({ key }) => Number(key!.toString()))).toEqual(upTo(50));
    const large = { topic: 'small', partition: 0, key: Buffer.from('state/7'), value: Buffer.alloc(30_000) };
    const problem = await problemOf(() => own.write([large]));
    expect([problem.exitCode, problem.message]).toEqual([
      1,
      'topic small key state/7: record of 30007 bytes is larger than the topic takes; raise max.message.bytes of the topic',
    ]);
    expect(await problemOf(() => own.write(some))).toBe(problem);
    expect((await readAll('small')).length).toBe(50);
  });

  it('refuses a topic and a partition that are not there', async () => {
    const of = async (topic: string, partition: number) => {
      const own = openWriter(connection, { onRetry });
      const { exitCode, message } = await problemOf(() => own.write(numbered(topic, partition, 0, 1)));
      return [exitCode, message];
    };
    expect(await of('nowhere', 0)).toEqual([
      3,
      'topic nowhere: does not exist; make it first (regimewatch produce does), or mend the name',
    ]);
    expect(await of('order', 3)).toEqual([3, 'topic order: has 3 partitions, and partition 3 is written to']);
  });

  it('puts dead letters aside as they were, under the place they had', async () => {
    await ensureTopic(connection, { topic: 'dead', partitions: 2 });
    const send = deadLetters(writer, 'dead', 2);
    const value = Buffer.from([0xc3, 0x01, 0xff]);
    await send([
      { topic: 'events', partition: 3, offset: 41, reason: 'schema 00ff is not known', key: Buffer.from('e1'), value },
      { topic: 'events', partition: 3, offset: 44, reason: 'no bytes', key: null, value: null },
    ]);
    expect(await readAll('dead', 1)).toEqual([
      {
        ...{ offset: 0, key: Buffer.from('events/3/41'), value },
        headers: new Map([
          ['topic', 'events'],
          ['partition', '3'],
          ['offset', '41'],
          ['reason', 'schema 00ff is not known'],
          ['key', 'ZTE='],
        ]),
      },
      {
        ...{ offset: 1, key: Buffer.from('events/3/44'), value: null },
        headers: new Map([
          ['topic', 'events'],
          ['partition', '3'],
          ['offset', '44'],
          ['reason', 'no bytes'],
        ]),
      },
    ]);
  });
});
