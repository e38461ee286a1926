import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Admin, Producer, stringSerializers } from '@platformatic/kafka';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { clientOptions, type Login } from '../../docker/kafka/client_options.js';
import { isFree } from '../../docker/kafka/free_port.js';
import { mechanisms } from '../../docker/kafka/users.js';
import type { KafkaConnection } from '../../kafka/connection.js';
import { openLog } from '../../sources/kafka/log.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { root, said } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const skip = !brokerOrSkip();
const portOf = (broker: Broker): number => Number(broker.bootstrap.split(':')[1]);
const commandLine = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8');

async function createTopic(broker: Broker, topic: string, login?: Login): Promise<void> {
  const admin = new Admin(clientOptions(broker, 'test', login));
  await admin.createTopics({ topics: [topic], partitions: 2, replicas: 1 });
  await admin.close();
}

async function produce(broker: Broker, topic: string, values: readonly string[], login?: Login): Promise<void> {
  const producer = new Producer({ ...clientOptions(broker, 'test', login), serializers: stringSerializers });
  await producer.send({ messages: values.map((value, i) => ({ topic, key: `${i}`, value })), acks: -1 });
  await producer.close();
}

/** All values of the topic, sorted. */
async function fetched(broker: Broker, topic: string, login?: Login): Promise<string[]> {
  const log = openLog(connectionTo(broker, login), { onRetry: () => undefined });
  const bounds = await log.bounds(topic);
  const values: string[] = [];
  for (const [partition, { start, end }] of bounds.entries()) {
    for (let offset = start; offset < end;) {
      const [batch] = await log.fetch([{ topic, partition, offset }], { maxBytes: 32 * 1024 * 1024, waitMs: 500 });
      values.push(...(batch?.records ?? []).map(({ value }) => String(value)));
      offset = batch?.next ?? offset;
    }
  }
  await log.close();
  return values.sort();
}

const connectionTo = (broker: Broker, login?: Login): KafkaConnection => ({
  brokers: [broker.bootstrap],
  clientId: 'test',
  tls: broker.ca === undefined ? null : { ca: readFileSync(broker.ca, 'utf8') },
  sasl: login ? { mechanism: login.mechanism, username: login.name, password: login.password } : null,
});

describe.skipIf(skip)('a plain-text broker', () => {
  const values = Array.from({ length: 100 }, (_, i) => `event ${1000 + i}`);
  let broker: Broker;
  beforeAll(async () => {
    broker = await startTestBroker();
    await createTopic(broker, 'events');
    await produce(broker, 'events', values);
  });

  it('gives back what was produced', async () => {
    expect(await fetched(broker, 'events')).toEqual(values);
  });

  it.each(['restart', 'kill'] as const)('keeps its address and data through a %s', async (how) => {
    const { bootstrap } = broker;
    if (how === 'kill') {
      await broker.kill();
      expect(broker.pid()).toBeUndefined();
      expect(await isFree(portOf(broker))).toBe(true);
    }
    await broker.restart();
    expect(broker.bootstrap).toBe(bootstrap);
    expect(await fetched(broker, 'events')).toEqual(values);
  });

  it('takes a message of 19 MB', async () => {
    await createTopic(broker, 'large');
    const value = 'x'.repeat(19 * 1024 * 1024);
    await produce(broker, 'large', [value]);
    expect((await fetched(broker, 'large'))[0] === value).toBe(true);
  });

  it('refuses a topic that was not created', async () => {
    await expect(produce(broker, 'unknown', ['1'])).rejects.toThrow();
  });

  it('leaves no folder, no process and no port behind when it stops', async () => {
    const pid = broker.pid() ?? 0;
    await Promise.all([broker.stop(), broker.stop()]);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(broker.folder)).toBe(false);
    expect(await isFree(portOf(broker))).toBe(true);
    await expect(broker.restart()).rejects.toThrow(/was stopped; start a new one$/);
  });
});

describe.skipIf(skip)('a broker with TLS and passwords', () => {
  const user = { name: 'analyst', password: randomBytes(18).toString('base64url') };
  let broker: Broker;
  beforeAll(async () => {
    broker = await startTestBroker({ listener: 'sasl_ssl', users: [user] });
  });

  it.each(mechanisms)('lets the right password in by %s', async (mechanism) => {
    const login = { ...user, mechanism };
    await createTopic(broker, mechanism, login);
    await produce(broker, mechanism, ['a', 'b'], login);
    expect(await fetched(broker, mechanism, login)).toEqual(['a', 'b']);
  });

  it.each(mechanisms)('refuses a wrong password by %s with an authentication error', async (mechanism) => {
    for (const wrong of [{ password: 'wrong' }, { name: 'nobody' }]) {
      const admin = new Admin({ ...clientOptions(broker, 'test', { ...user, ...wrong, mechanism }), retries: 0 });
      const error: unknown = await admin.listTopics().catch((thrown: unknown) => thrown);
      await admin.close();
      expect(everything(error)).toMatch(/PLT_KFK_AUTHENTICATION/);
      expect(everything(error)).not.toContain(user.password);
    }
  });

  it('refuses clients that do not trust its certificate, or that speak plain text', async () => {
    const { tls, ...plain } = clientOptions(broker, 'test', { ...user, mechanism: 'PLAIN' });
    expect(tls).toBeDefined();
    for (const client of [plain, { ...plain, tls: {} }]) {
      const admin = new Admin({ ...client, retries: 0, connectTimeout: 2000, timeout: 3000 });
      await expect(admin.listTopics()).rejects.toThrow();
      await admin.close();
    }
  });

  it('keeps its users through a restart', async () => {
    await broker.restart();
    await createTopic(broker, 'again', { ...user, mechanism: 'SCRAM-SHA-512' });
  });

  it('shows passwords to nobody else: not in arguments, in the log, or in files that others can read', () => {
    const pid = broker.pid() ?? 0;
    if (existsSync('/proc/self')) expect(commandLine(pid)).not.toContain(user.password);
    expect(statSync(broker.folder).mode & 0o077).toBe(0);
    for (const name of readdirSync(broker.folder)) {
      const path = join(broker.folder, name);
      if (!statSync(path).isFile()) continue;
      const holds = readFileSync(path).includes(user.password);
      expect({ name, holds }).toEqual({ name, holds: name === 'server.properties' });
      if (holds) expect(statSync(path).mode & 0o777).toBe(0o600);
    }
    expect(broker.log(1000)).not.toContain(user.password);
  });
});

/** An error with all it wraps, as text. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors : [];
  const code = 'code' in error ? String(error.code) : '';
  return [code, error.message, ...inner.map(everything), error.cause ? everything(error.cause) : ''].join(' ');
}

describe.skipIf(skip)('startBroker', () => {
  const folder = scratch();

  it('refuses names and passwords that would need escapes, without repeating the password', async () => {
    const password = 'pass"word';
    await expect(startTestBroker({ listener: 'sasl_plaintext', users: [{ name: 'a', password }] })).rejects.toThrow(
      'password of user "a": use letters, digits, _ . - only (base64url)',
    );
    for (const name of ['broker', 'a b', ''])
      await expect(startTestBroker({ users: [{ name, password: 'x' }] })).rejects.toThrow(/^user "/);
  });

  it('refuses a port in use and a folder with files', async () => {
    const broker = await startTestBroker({ folder: join(folder, 'kept') });
    const port = portOf(broker);
    await expect(startTestBroker({ port })).rejects.toThrow(`port ${port}: in use on 127.0.0.1; choose another`);
    await broker.stop();
    expect(existsSync(join(folder, 'kept', 'server.properties'))).toBe(true);
    await expect(startTestBroker({ folder: broker.folder })).rejects.toThrow(/: not empty; name a new one$/);
  });

  it('says in one line, with the log, why a broker does not start', async () => {
    const failed = startTestBroker({ heapMb: 1, folder: join(folder, 'small') });
    await expect(failed).rejects.toThrow(/^Kafka StorageTool: failed: [^\n]*heap/);
  });
});

describe.skipIf(skip)('npm run kafka', () => {
  const folder = scratch();
  const launch = (args: readonly string[], env = process.env) =>
    spawn(process.execPath, [join(root, 'dist/docker/kafka/start.js'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const line = /^Kafka broker at 127\.0\.0\.1:(\d+), its data in (\S+); Ctrl-C stops it and deletes the data\n$/;

  it.each(['SIGINT', 'SIGKILL'] as const)('leaves nothing behind after %s', async (signal) => {
    const child = launch([]);
    const [, port, data = ''] = await said(child.stdout, line);
    expect(existsSync(data)).toBe(true);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    expect(await ended).toBe(signal === 'SIGINT' ? 0 : null);
    await expect.poll(() => existsSync(data), { timeout: 20_000 }).toBe(false);
    await expect.poll(() => isFree(Number(port)), { timeout: 20_000 }).toBe(true);
  });

  it.each([
    [['--port', '70000'], '--port 70000: not a port; give a number from 1 to 65535'],
    [['--sure'], "Unknown option '--sure'"],
  ])('refuses %j', async (args, words) => {
    const child = launch(args);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [text] = await said(child.stderr, /^[^\n]+\n$/);
    expect(text).toContain(`kafka: ${words}`);
    expect(await ended).toBe(2);
  });

  it('says in one line that Java is missing', async () => {
    const [text] = await said(launch([], { PATH: folder }).stderr, /^[^\n]+\n$/);
    expect(text).toMatch(/^kafka: java: does not run; install a Java 17 runtime /);
  });
});
