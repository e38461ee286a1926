import {
  AuthenticationError,
  NetworkError,
  ProtocolError,
  ResponseError,
  TimeoutError,
  UserError,
} from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { faultOf, protocolFault } from '../../kafka/fault.js';
import { backOffMs, pause, persist } from '../../kafka/persist.js';
import { Problem } from '../../operators/problem.js';
import { describeKafkaError } from '../../sources/kafka/connection.js';
import type { KafkaConnection } from '../../sources/kafka/types.js';
import { problemOf } from '../support/problem_of.js';

const connection: KafkaConnection = {
  ...{ brokers: ['b:9092'], clientId: 'test', tls: { key: 'PEM-OF-A-KEY' } },
  sasl: { mechanism: 'SCRAM-SHA-512', username: 'shifter', password: 'sw0rdfish' },
};
const system = (code: string, message = code): Error => Object.assign(new Error(message), { code });
const connecting = (cause: Error): Error =>
  new AggregateError([new NetworkError('Connection to b:9092 failed.', { cause })], 'Cannot connect to any broker.');

const faults: readonly (readonly [error: Error, transient: boolean, words: string])[] = [
  [connecting(system('ECONNREFUSED')), true, 'no broker at b:9092 (ECONNREFUSED)'],
  [connecting(new AggregateError([system('ECONNREFUSED')], '')), true, 'no broker at b:9092 (ECONNREFUSED)'],
  [connecting(system('ENOTFOUND')), true, 'no broker at b:9092 (ENOTFOUND)'],
  [connecting(new TimeoutError('Connection to b:9092 timed out.')), true, 'no answer from b:9092'],
  [
    new NetworkError('Connection closed'),
    true,
    'connection to the broker was closed; if it never opens, TLS or a login may be asked for',
  ],
  [
    connecting(system('SELF_SIGNED_CERT_IN_CHAIN')),
    false,
    'certificate of b:9092 not trusted (SELF_SIGNED_CERT_IN_CHAIN); name its authority with --tls-ca',
  ],
  [
    connecting(system('ERR_TLS_CERT_ALTNAME_INVALID')),
    false,
    'certificate of b:9092 is for another host name; ask for the name it has',
  ],
  [connecting(system('ERR_SSL_WRONG_VERSION_NUMBER')), false, 'b:9092 does not speak TLS on this port'],
  [
    connecting(system('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')),
    false,
    'TLS with b:9092 failed (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED); check --tls-cert, --tls-key and --tls-ca',
  ],
  [
    connecting(new AuthenticationError('SASL authentication failed.')),
    false,
    'authentication failed for user shifter by SCRAM-SHA-512 at b:9092; check user and password',
  ],
  [
    connecting(new AuthenticationError('No.', { cause: new ResponseError(17, 1, { '': [33, null] }, {}) })),
    false,
    'b:9092 does not offer SCRAM-SHA-512; choose another --sasl',
  ],
  [
    new ResponseError(0, 9, { '/0': [29, null] }, {}),
    false,
    'broker says TOPIC_AUTHORIZATION_FAILED (Topic authorization failed)',
  ],
  [
    new ResponseError(0, 9, { '/0': [6, null], '/1': [29, null] }, {}),
    false,
    'broker says TOPIC_AUTHORIZATION_FAILED (Topic authorization failed)',
  ],
  [new ProtocolError(16), true, 'broker says NOT_COORDINATOR (This is not the correct coordinator)'],
  [new UserError('Odd: sw0rdfish and PEM-OF-A-KEY\nin two lines'), false, 'Odd: *** and *** in two lines'],
  [new TypeError('a mistake of ours'), false, 'a mistake of ours'],
];

describe('faultOf', () => {
  for (const [error, transient, words] of faults)
    it(words, () => {
      expect(faultOf(error, connection)).toMatchObject({ words, transient });
      expect(describeKafkaError(error, connection)).toBe(words);
    });

  it("takes the broker's own words where it has some", () => {
    expect(protocolFault(40, 'retention.ms must be a number.')).toEqual({
      ...{
        id: 'INVALID_CONFIG',
        transient: false,
        words: 'broker says INVALID_CONFIG (retention.ms must be a number)',
      },
    });
  });
});

describe('persist', () => {
  it('tries again with growing waits until it succeeds', async () => {
    let tries = 0;
    const waits: number[] = [];
    const onRetry = ({ waitMs }: { waitMs: number }): void => void waits.push(waitMs);
    const result = await persist('reading', connection, { onRetry }, () => {
      if (++tries < 4) throw new NetworkError('Connection closed');
      return Promise.resolve(tries);
    });
    expect(result).toBe(4);
    expect(waits).toEqual([1, 2, 3].map((attempt) => backOffMs(attempt, 'test')));
  });

  it('makes a Problem of what will not pass, at once', async () => {
    const onRetry = (): void => {
      throw new Error('no second attempt');
    };
    const refuse = (): Promise<never> => Promise.reject(new ProtocolError(29));
    const problem = await problemOf(() => persist('reading', connection, { onRetry }, refuse));
    expect([problem.exitCode, problem.message]).toEqual([
      1,
      'Kafka: reading: broker says TOPIC_AUTHORIZATION_FAILED (Topic authorization failed)',
    ]);
    const own = new Problem(3, 'topic t: does not exist');
    expect(await problemOf(() => persist('reading', connection, { onRetry }, () => Promise.reject(own)))).toBe(own);
  });

  it('waits 100 ms · 2^(n − 1) times 0.5 to 1, at most 5 s, not in step with other clients', () => {
    for (let attempt = 1; attempt < 2000; attempt++) {
      const full = Math.min(5000, 100 * 2 ** (attempt - 1));
      const wait = backOffMs(attempt, 'test');
      expect(wait >= full / 2 && wait <= full).toBe(true);
    }
    expect(new Set(Array.from({ length: 20 }, (_, i) => backOffMs(9, `worker-${i}`))).size).toBeGreaterThan(15);
  });

  it('stops waiting when the signal is raised', async () => {
    const stop = new AbortController();
    const waiting = pause(2 ** 30, stop.signal);
    stop.abort();
    await waiting;
    await pause(2 ** 30, stop.signal);
  });
});
