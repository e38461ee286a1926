import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { givingUp } from '../../sources/kafka/access.js';
import { kafka } from '../../sources/kafka/kafka.js';
import { kafkaPath, readRange } from '../../sources/kafka/log_range.js';
import { openLog } from '../../sources/kafka/log.js';
import { topicRanges } from '../../sources/kafka/topic_ranges.js';
import type { KafkaConnection, KafkaLog } from '../../sources/kafka/types.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { complaint, run, start } from '../support/program.js';

const DILEPTON = 'pipelines/dilepton.yaml';
const NONE = new Map<number, number>();

describe.skipIf(!brokerOrSkip())('regimewatch produce', () => {
  let broker: Broker;
  let connection: KafkaConnection;
  let log: KafkaLog;
  beforeAll(async () => {
    broker = await startTestBroker();
    connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    log = openLog(connection, givingUp);
    return () => log.close();
  });

  const command = (topic: string, sample: string, ...more: string[]): string[] => [
    ...['produce', DILEPTON, sample, '--brokers', broker.bootstrap, '--topic', topic],
    ...more,
  ];

  /** Event numbers in the partitions of a topic, in the order of the log. */
  const eventsIn = async (topic: string): Promise<number[][]> =>
    Promise.all(
      (await topicRanges(log, topic, NONE, NONE)).map(async (range) => {
        const events: number[] = [];
        const options = { kafka: { connection }, batchEvents: 1000 };
        for await (const { columns, rejected } of kafka.read(kafkaPath(range), ['event'], options)) {
          expect(rejected).toBeUndefined();
          for (const event of columns.get('event') as Float64Array) events.push(event);
        }
        return events;
      }),
    );

  const recordsIn = async (topic: string): Promise<number> =>
    (await log.bounds(topic).catch(() => [])).reduce((sum, { end }) => sum + end, 0);

  const ended = (child: ReturnType<typeof start>): Promise<number | null> =>
    new Promise((resolve) => child.once('close', resolve));

  /** All events from 0 to n - 1, once each, rising in each partition. */
  const expectAll = async (topic: string, n: number): Promise<void> => {
    const partitions = await eventsIn(topic);
    for (const events of partitions) expect(events).toEqual([...events].sort((a, b) => a - b));
    expect(partitions.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  };

  it('says in one line what was sent, and nothing else in a pipe', async () => {
    const sent = await run(...command('line', 'generator:5000', '--compression', 'lz4', '--batch', '1000'));
    expect(sent.code).toBe(0);
    expect(sent.stdout).toMatch(/^topic line: 5000 events in \d+ messages, \d+ bytes; 0 already there\n$/);
    const again = await run(...command('line', 'generator:5000'));
    expect(again).toMatchObject({
      ...{ code: 0, stderr: '' },
      stdout: 'topic line: 0 events in 0 messages, 0 bytes; 5000 already there\n',
    });
    await expectAll('line', 5000);
  });

  it.each(['arrow', 'avro'])('sends %s once each, though it is killed again and again', async (encoding) => {
    const topic = `killed-${encoding}`;
    const events = 12_000;
    const args = command(
      topic,
      `generator:${events}`,
      '--encoding',
      encoding,
      '--batch',
      '64',
      '--compression',
      'gzip',
    );
    let kills = 0;
    for (let before = 0; kills < 3; kills++) {
      const child = start(...args, '--pace', '3000');
      const gone = ended(child);
      while ((await recordsIn(topic)) <= before && child.exitCode === null) await pause(20);
      await pause(150 * (kills + 1));
      child.kill('SIGKILL');
      expect(await gone).toBeNull();
      before = await recordsIn(topic);
      expect(before).toBeGreaterThan(0);
    }
    const last = await run(...args);
    expect(last.code).toBe(0);
    const [, sent, there] = /: (\d+) events .* (\d+) already there\n$/.exec(last.stdout)!.map(Number);
    expect(sent! + there!).toBe(events);
    expect(there).toBeGreaterThan(0);
    expect(sent).toBeGreaterThan(0);
    await expectAll(topic, events);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s sends what it has read, and goes on in the next run',
    async (signal) => {
      const topic = `stopped-${signal}`;
      const args = command(topic, 'generator:20000', '--encoding', 'avro');
      const child = start(...args, '--pace', '500');
      let stdout = '';
      child.stdout.on('data', (chunk) => (stdout += String(chunk)));
      const gone = ended(child);
      while ((await recordsIn(topic)) === 0) await pause(20);
      child.kill(signal);
      expect(await gone).toBe(0);
      expect(stdout).toMatch(/; stopped before the end: run it again to go on\n$/);
      const sent = Number(/: (\d+) events/.exec(stdout)![1]);
      expect((await eventsIn(topic)).flat()).toHaveLength(sent);
      expect((await run(...args)).stdout).toContain(`; ${sent} already there`);
      await expectAll(topic, 20_000);
    },
  );

  it('goes on when the broker comes back', async () => {
    const args = command('restart', 'generator:9000', '--encoding', 'avro', '--pace', '2000');
    const child = start(...args);
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const gone = ended(child);
    while ((await recordsIn('restart')) === 0) await pause(20);
    await broker.kill();
    await broker.restart();
    expect(await gone).toBe(0);
    expect(stderr).toMatch(/^Kafka: writing: [^\n]+; attempt 2 in \d+ ms\n/);
    await expectAll('restart', 9000);
  });

  it('refuses another number of partitions, and the same sample spread in another way', async () => {
    await run(...command('four', 'generator:100'));
    const other = await complaint(...command('four', 'generator:100', '--partitions', '3'));
    expect(other.code).toBe(2);
    expect(other.line).toMatch(/^topic four: has 4 partitions where 3 are wanted/);
    const spread = await complaint(...command('four', 'generator:100', '--set', 'identity=position'));
    expect(spread.code).toBe(2);
    expect(spread.line).toContain('holds events of generator:100 by another identity');
  });

  it('keeps the schema of Avro messages in a topic beside theirs', async () => {
    await run(...command('described', 'generator:10', '--encoding', 'avro'));
    const range = { topic: 'described.schemas', partition: 0, from: 0, to: 1 };
    for await (const [record] of readRange(log, range)) {
      const { name, fields } = JSON.parse(record!.value!.toString()) as { name: string; fields: { name: string }[] };
      expect(name).toBe('dilepton');
      expect(fields.map((field) => field.name)).toContain('gen_l1_pt');
      expect(record!.key!.toString()).toMatch(/^[0-9a-f]{16}$/);
    }
  });
});
