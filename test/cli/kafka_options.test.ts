import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { addKafkaOptions, kafkaConnection, type KafkaOptions } from '../../cli/kafka_options.js';
import { problemOf } from '../support/problem_of.js';

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-kafka-options-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SECRET = 'tr0ub4dor-and-3';
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const privateKey = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n';
const ca = file('ca.pem', certificate);
const key = file('key.pem', privateKey);
const password = file('password', `${SECRET}\n`);

const parse = (args: readonly string[]): KafkaOptions =>
  addKafkaOptions(new Command())
    .parse([...args], { from: 'user' })
    .opts();

describe('kafkaConnection', () => {
  it('takes brokers from the option, else from the environment', () => {
    const env = { REGIMEWATCH_BROKERS: 'env.example.org:9092' };
    expect(kafkaConnection(parse(['--brokers', 'a.example.org:9092, [::1]:9093']), env)).toEqual({
      brokers: ['a.example.org:9092', '[::1]:9093'],
      clientId: 'regimewatch',
      tls: null,
      sasl: null,
    });
    expect(kafkaConnection(parse([]), env, 'worker-1')).toMatchObject({
      brokers: ['env.example.org:9092'],
      clientId: 'worker-1',
    });
  });

  it('reads certificates and keys; a file implies TLS', () => {
    const of = (...args: string[]) => kafkaConnection(parse(['--brokers', 'a:1', ...args]), {}).tls;
    expect(of('--tls')).toEqual({});
    expect(of('--tls-ca', ca)).toEqual({ ca: certificate });
    expect(of('--tls-cert', ca, '--tls-key', key)).toEqual({ cert: certificate, key: privateKey });
  });

  it('takes the password from a file, else from the environment', () => {
    const of = (env: Record<string, string>, ...args: string[]) =>
      kafkaConnection(parse(['--brokers', 'a:1', '--sasl-user', 'shifter', ...args]), env).sasl;
    expect(of({ REGIMEWATCH_SASL_PASSWORD: SECRET }, '--sasl', 'plain')).toEqual({
      mechanism: 'PLAIN',
      username: 'shifter',
      password: SECRET,
    });
    expect(
      of({ REGIMEWATCH_SASL_PASSWORD: 'another' }, '--sasl', 'SCRAM-SHA-512', '--sasl-password-file', password),
    ).toEqual({ mechanism: 'SCRAM-SHA-512', username: 'shifter', password: SECRET });
  });

  it('has no option whose value is a password', () => {
    const flags = addKafkaOptions(new Command()).options.map((each) => each.flags);
    expect(flags.filter((each) => /password/.test(each))).toEqual(['--sasl-password-file <file>']);
  });

  const login = ['--sasl', 'plain', '--sasl-user', 'shifter'];
  const mistakes: readonly (readonly [args: readonly string[], words: string])[] = [
    [[], '--brokers: missing; give host:port of a broker, or set REGIMEWATCH_BROKERS'],
    [['--brokers', 'kafka'], '--brokers "kafka": expected host:port, e.g. kafka.example.org:9092'],
    [['--brokers', 'a:1,b:70000'], '--brokers "b:70000": expected host:port, e.g. kafka.example.org:9092'],
    [['--brokers', 'a:1,'], '--brokers "": expected host:port, e.g. kafka.example.org:9092'],
    [['--brokers', 'a:1', '--tls-cert', ca], '--tls-cert: its --tls-key is missing; give both'],
    [['--brokers', 'a:1', '--tls-key', key], '--tls-key: its --tls-cert is missing; give both'],
    [['--brokers', 'a:1', '--tls-ca', key], `--tls-ca ${key}: holds no certificate in PEM (-----BEGIN ...-----)`],
    [['--brokers', 'a:1', '--tls-ca', `${folder}/none`], `--tls-ca ${folder}/none: cannot be read: ENOENT`],
    [['--brokers', 'a:1', '--sasl', 'gssapi'], '--sasl gssapi: expected plain, scram-sha-256, scram-sha-512'],
    [['--brokers', 'a:1', '--sasl', 'plain'], '--sasl: --sasl-user is missing; name the user'],
    [
      ['--brokers', 'a:1', ...login],
      '--sasl: no password; set REGIMEWATCH_SASL_PASSWORD, or give --sasl-password-file',
    ],
    [
      ['--brokers', 'a:1', ...login, '--sasl-password-file', file('empty', '\n')],
      `--sasl-password-file ${folder}/empty: is empty; write the password into it`,
    ],
    [['--brokers', 'a:1', '--sasl-user', 'x'], '--sasl-user: given without --sasl; say by which mechanism to log in'],
  ];
  for (const [args, words] of mistakes) {
    it(`refuses ${args.join(' ').replaceAll(folder, '') || 'nothing'}`, async () => {
      const problem = await problemOf(() => kafkaConnection(parse(args), {}));
      expect(problem.exitCode).toBe(2);
      expect(problem.message).toContain(words);
    });
  }
});
