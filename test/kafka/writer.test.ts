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
import { startKafkaProxy } from '../support/kafka_proxy.js';
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
    const stop = new AbortController();
    const writing = (async () => {
      while (!stop.signal.aborted) {
        await Promise.all([
          writer.write(numbered('dies', 0, written, 500)),
          writer.write(numbered('dies', 1, written, 500)),
        ]);
        written += 500;
      }
    })();
    for (let i = 0; i < 2; i++) {
      const before = written;
      await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(before + 2000);
      await broker.kill();
      await broker.restart();
    }
    stop.abort();
    await writing;
    expect(retries.some(({ what }) => what === 'writing')).toBe(true);
    for (const partition of [0, 1]) expect(numbers(await readAll('dies', partition))).toEqual(upTo(written));
  });

  it('writes once what the broker took and then refused, or took without our hearing of it', async () => {
    await ensureTopic(connection, { topic: 'refused', partitions: 1 });
    // NOT_ENOUGH_REPLICAS_AFTER_APPEND, KAFKA_STORAGE_ERROR, an answer lost, REQUEST_TIMED_OUT, an answer lost.
    const refusals = [20, 56, null, 7, null];
    let passing = false;
    const proxy = await startKafkaProxy(broker.bootstrap, (apiKey, frame) => {
      if (apiKey !== 0 || passing) return frame;
      const refusal = refusals.shift();
      return refusal === null ? null : refuse(frame, refusal ?? 19);
    });
    // The broker was started anew a moment ago: it may have to be asked for a producer's number more than once.
    const refused: string[] = [];
    const note = ({ error }: Retry): void => {
      if (!error.includes('COORDINATOR')) refused.push(error);
    };
    const own = openWriter({ ...connection, brokers: [proxy.address] }, { onRetry: note });
    let acknowledged = 0;
    const writes = [0, 1, 2].map((i) =>
      own.write(numbered('refused', 0, 10 * i, 10)).then(() => {
        acknowledged++;
      }),
    );
    await expect.poll(() => refused.length, { timeout: 30_000 }).toBeGreaterThan(5);
    expect(acknowledged).toBe(0);
    const words = 'topic refused partition 0: broker says';
    expect(refused.slice(0, 6)).toEqual([
      expect.stringContaining(`${words} NOT_ENOUGH_REPLICAS_AFTER_APPEND (`),
      expect.stringContaining(`${words} KAFKA_STORAGE_ERROR (`),
      expect.stringContaining('connection to'),
      expect.stringContaining(`${words} REQUEST_TIMED_OUT (`),
      expect.stringContaining('connection to'),
      expect.stringContaining(`${words} NOT_ENOUGH_REPLICAS (`),
    ]);
    passing = true;
    await own.write(numbered('refused', 0, 30, 5));
    await Promise.all(writes);
    expect(numbers(await readAll('refused'))).toEqual(upTo(35));
    await own.close();
    proxy.close();
  });

  it('ends what waits when it is closed', async () => {
    const proxy = await startKafkaProxy(broker.bootstrap, (apiKey, frame) =>
      apiKey === 0 ? refuse(frame, 19) : frame,
    );
    const own = openWriter({ ...connection, brokers: [proxy.address] }, { onRetry });
    const write = own.write(numbered('refused', 0, 0, 1));
    const flush = own.flush();
    await own.close();
    for (const each of [write, flush, own.write([]), own.flush()])
      expect((await problemOf(() => each)).message).toBe('Kafka: writing: closed');
    proxy.close();
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

/** A produce response (version 9) for one partition, with another error in it. */
function refuse(frame: Buffer, error: number): Buffer {
  const name = 4 + 4 + 1 + 1;
  const code = name + frame[name]! + 1 + 4;
  expect(frame.readInt16BE(code)).toBe(0);
  frame.writeInt16BE(error, code);
  return frame;
}
