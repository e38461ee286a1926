import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import type { KafkaConnection } from '../sources/kafka/types.js';

/** What the options of `addKafkaOptions` give. */
export interface KafkaOptions {
  readonly brokers?: string;
  readonly tls?: true;
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly sasl?: string;
  readonly saslUser?: string;
  readonly saslPasswordFile?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Sasl = NonNullable<KafkaConnection['sasl']>;

const BROKERS = 'REGIMEWATCH_BROKERS';
const PASSWORD = 'REGIMEWATCH_SASL_PASSWORD';
const MECHANISMS: ReadonlyMap<string, Sasl['mechanism']> = new Map([
  ['plain', 'PLAIN'],
  ['scram-sha-256', 'SCRAM-SHA-256'],
  ['scram-sha-512', 'SCRAM-SHA-512'],
]);

/** How to reach the brokers. A password is no option's value: others on the machine can read command lines. */
export const addKafkaOptions = (command: Command): Command =>
  command
    .option('--brokers <list>', `host:port of some brokers, with commas (default: ${BROKERS} of the environment)`)
    .option('--tls', 'speak TLS with the brokers')
    .option('--tls-ca <file>', "certificates of the authorities to trust (PEM; default: the system's); implies --tls")
    .option('--tls-cert <file>', 'certificate to show to the brokers (PEM), with --tls-key; implies --tls')
    .option('--tls-key <file>', 'its private key (PEM)')
    .option('--sasl <mechanism>', `log in by ${[...MECHANISMS.keys()].join(', ')}`)
    .option('--sasl-user <name>', 'user to log in as')
    .option('--sasl-password-file <file>', `file that holds the password (default: ${PASSWORD} of the environment)`);

/** The connection that options and environment describe; a mistake is a Problem (2) that repeats no secret. */
export function kafkaConnection(options: KafkaOptions, env: Environment, clientId = 'regimewatch'): KafkaConnection {
  return { brokers: brokersOf(options.brokers, env), clientId, tls: tlsOf(options), sasl: saslOf(options, env) };
}

function brokersOf(option: string | undefined, env: Environment): string[] {
  const [name, list] = option === undefined ? [BROKERS, env[BROKERS]] : ['--brokers', option];
  if (list === undefined || list.trim() === '')
    throw wrongPipeline(`--brokers: missing; give host:port of a broker, or set ${BROKERS}`);
  return list.split(',').map((each) => {
    const broker = each.trim();
    const match = /^(\[[\da-fA-F:.]+\]|[\w.-]+):(\d{1,5})$/.exec(broker);
    const port = Number(match?.[2]);
    if (match && port >= 1 && port <= 65535) return broker;
    throw wrongPipeline(`${name} "${broker}": expected host:port, e.g. kafka.example.org:9092`);
  });
}

function tlsOf({ tls, tlsCa, tlsCert, tlsKey }: KafkaOptions): KafkaConnection['tls'] {
  if (tlsCert !== undefined && tlsKey === undefined)
    throw wrongPipeline('--tls-cert: its --tls-key is missing; give both');
  if (tlsKey !== undefined && tlsCert === undefined)
    throw wrongPipeline('--tls-key: its --tls-cert is missing; give both');
  if (tls === undefined && tlsCa === undefined && tlsCert === undefined) return null;
  return {
    ...(tlsCa !== undefined && { ca: pem('--tls-ca', tlsCa, 'CERTIFICATE') }),
    ...(tlsCert !== undefined && { cert: pem('--tls-cert', tlsCert, 'CERTIFICATE') }),
    ...(tlsKey !== undefined && { key: pem('--tls-key', tlsKey, 'PRIVATE KEY') }),
  };
}

function saslOf(options: KafkaOptions, env: Environment): KafkaConnection['sasl'] {
  const { sasl, saslUser, saslPasswordFile } = options;
  if (sasl === undefined) {
    const [stray] = [saslUser && '--sasl-user', saslPasswordFile && '--sasl-password-file'].filter(Boolean);
    if (stray !== undefined) throw wrongPipeline(`${stray}: given without --sasl; say by which mechanism to log in`);
    return null;
  }
  const mechanism = MECHANISMS.get(sasl.toLowerCase());
  if (!mechanism) throw wrongPipeline(`--sasl ${sasl}: expected ${[...MECHANISMS.keys()].join(', ')}`);
  if (saslUser === undefined || saslUser === '') throw wrongPipeline('--sasl: --sasl-user is missing; name the user');
  const fromFile = saslPasswordFile === undefined ? undefined : readText('--sasl-password-file', saslPasswordFile);
  const password = fromFile?.replace(/\r?\n$/, '') ?? env[PASSWORD] ?? '';
  if (password === '')
    throw wrongPipeline(
      saslPasswordFile === undefined
        ? `--sasl: no password; set ${PASSWORD}, or give --sasl-password-file`
        : `--sasl-password-file ${saslPasswordFile}: is empty; write the password into it`,
    );
  return { mechanism, username: saslUser, password };
}

function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrongPipeline(`${option} ${path}: cannot be read: ${messageOf(error)}`);
  }
}

function pem(option: string, path: string, kind: string): string {
  const text = readText(option, path);
  if (new RegExp(`-----BEGIN [A-Z ]*${kind}-----`).test(text)) return text;
  throw wrongPipeline(`${option} ${path}: holds no ${kind.toLowerCase()} in PEM (-----BEGIN ...-----)`);
}
