import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { joinGroup } from '../../runtime/live/membership.js';
import { openWriter } from '../../sinks/kafka/writer.js';
import { openLog } from '../../sources/kafka/log.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import type { KafkaConnection } from '../../sources/kafka/types.js';
import { Problem } from '../../operators/problem.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { problemOf } from '../support/problem_of.js';

const USER = { name: 'shifter', password: 'correct-horse-battery' };
const WRONG = 'wrong-horse-battery';
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
type Mechanism = (typeof MECHANISMS)[number];

describe.skipIf(!brokerOrSkip())('a broker with TLS and SASL', () => {
  let broker: Broker;
  let ca: string;
  const said: string[] = [];
  const onRetry = (retry: unknown): void => void said.push(inspect(retry));

  beforeAll(async () => {
    broker = await startTestBroker({ listener: 'sasl_ssl', users: [USER] });
    ca = readFileSync(broker.ca!, 'utf8');
  });

  const by = (mechanism: Mechanism, password = USER.password): KafkaConnection => ({
    ...{ brokers: [broker.bootstrap], clientId: 'test', tls: { ca } },
    sasl: { mechanism, username: USER.name, password },
  });

  /** The Problem that each kind of client ends with; nothing that it or the log says holds a secret. */
  const problemsOf = async (connection: KafkaConnection): Promise<Problem[]> => {
    said.length = 0;
    const record = { topic: 't', partition: 0, key: null, value: Buffer.from('v') };
    const problems = [
      await problemOf(() => openLog(connection, { onRetry }).partitions('t')),
      await problemOf(() => openWriter(connection, { onRetry }).write([record])),
      await problemOf(() => ensureTopic(connection, { topic: 't', partitions: 1 }, { onRetry })),
      await new Promise<Problem>((onFatal) => {
        joinGroup(connection, {
          ...{ group: 'g', topics: ['t'], sessionTimeoutMs: 2000, heartbeatMs: 200, onRetry, onFatal },
          ...{ clock: () => performance.now(), onAssigned: () => undefined, onLost: () => undefined },
        });
      }),
    ];
    for (const problem of problems) said.push(inspect(problem, { depth: 10, showHidden: true }), problem.stack ?? '');
    for (const secret of [USER.password, WRONG, ca]) expect(said.join('\n')).not.toContain(secret);
    return problems;
  };

  for (const mechanism of MECHANISMS) {
    it(`lets us in by ${mechanism} with the right password, to read and to write`, async () => {
      const connection = by(mechanism);
      const topic = `by-${mechanism}`;
      await ensureTopic(connection, { topic, partitions: 1 }, { onRetry });
      const writer = openWriter(connection, { onRetry });
      await writer.write([{ topic, partition: 0, key: null, value: Buffer.from('in') }]);
      await writer.close();
      const log = openLog(connection, { onRetry });
      const [batch] = await log.fetch([{ topic, partition: 0, offset: 0 }], { maxBytes: 1000, waitMs: 1000 });
      expect(batch?.records.map(({ value }) => value?.toString())).toEqual(['in']);
      await log.close();
    });

    it(`says in one line that a password is wrong by ${mechanism}, after one attempt`, async () => {
      // Several names for the broker: one wrong password is still one attempt.
      const port = broker.bootstrap.split(':')[1]!;
      const connection = {
        ...by(mechanism, WRONG),
        brokers: [broker.bootstrap, broker.bootstrap, `localhost:${port}`],
      };
      const words =
        `authentication failed for user shifter by ${mechanism} at ${broker.bootstrap}; ` + 'check user and password';
      expect((await problemsOf(connection)).map(({ message }) => message)).toEqual([
        `Kafka: topic t: ${words}`,
        `Kafka: writing: ${words}`,
        `Kafka: topic t: ${words}`,
        `group g: ${words}`,
      ]);
      expect(said.some((each) => each.includes('attempt'))).toBe(false);
    });
  }

  it('says which certificate it does not trust', async () => {
    const problems = await problemsOf({ ...by('PLAIN'), tls: {} });
    for (const { message } of problems)
      expect(message).toMatch(
        /certificate of 127\.0\.0\.1:\d+ not trusted \([A-Z_]+\); name its authority with --tls-ca$/,
      );
  });

  it('says that a port takes neither TLS nor a login', async () => {
    const plain = await startTestBroker();
    const problem = await problemOf(() =>
      openLog({ ...by('PLAIN'), brokers: [plain.bootstrap] }, { onRetry }).partitions('t'),
    );
    expect(problem.message).toBe(`Kafka: topic t: ${plain.bootstrap} does not speak TLS on this port`);
    const unasked = await problemOf(() =>
      openLog({ ...by('PLAIN'), tls: null, brokers: [plain.bootstrap] }, { onRetry }).partitions('t'),
    );
    expect(unasked.message).toBe(
      `Kafka: topic t: ${plain.bootstrap} takes no login by SASL on this port; leave --sasl away`,
    );
  });
});
