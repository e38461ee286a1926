import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Problem, wrongPipeline } from '../../operators/problem.js';
import { clientOptions } from './client_options.js';
import { isFree } from './free_port.js';
import { haveJars } from './jars.js';
import { javaMissing } from './java.js';
import { prepare, type Prepared } from './prepare.js';
import { startJava, tail, type Running } from './process.js';
import { ready } from './ready.js';
import type { Listener } from './settings.js';
import { checkUsers, type User } from './users.js';
import { startWatcher } from './watcher.js';

export interface BrokerOptions {
  /** Default `plaintext`. */
  readonly listener?: Listener;
  /** Whom the secure listeners let in, by PLAIN and SCRAM; names and passwords of letters, digits, `_ . -`. */
  readonly users?: readonly User[];
  /** The clients' port on 127.0.0.1; default a free one. */
  readonly port?: number;
  /** Java heap in MB (default 384). */
  readonly heapMb?: number;
  /** More options of the Java launcher, for the broker alone. */
  readonly javaOptions?: readonly string[];
  /** Where to keep settings, data and log: an empty or new folder, kept after the end. Default a temporary one, deleted. */
  readonly folder?: string;
  /** How long the broker may take to answer, in ms (default 90,000). */
  readonly startLimitMs?: number;
}

/** A running Apache Kafka broker. It ends with this process, however this process ends. */
export interface Broker {
  /** `host:port` for clients. */
  readonly bootstrap: string;
  readonly folder: string;
  /** Path of the certificate to trust (PEM), with `sasl_ssl`. */
  readonly ca?: string;
  /** The number of the running process (for SIGSTOP, SIGCONT); undefined if none runs. */
  pid(): number | undefined;
  /** Resolves when the process that runs now is gone. */
  ended(): Promise<void>;
  /** SIGTERM, after 10 s SIGKILL; deletes a temporary folder. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would; ports and data stay for `restart`. */
  kill(): Promise<void>;
  /** Starts the broker again on the same ports and data, having stopped it first if it runs. */
  restart(): Promise<void>;
  /** The last lines of the broker's log, in one line. */
  log(lines?: number): string;
}

/**
 * Formats and starts one KRaft broker on 127.0.0.1, and waits until it answers clients.
 * Throws a Problem with the last lines of its log if it does not; then nothing is left of it.
 */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  checkUsers(options.users ?? []);
  const missing = javaMissing() ?? (haveJars() ? undefined : 'docker/kafka/lib: missing; run npm run kafka once');
  if (missing !== undefined) throw new Problem(1, missing);
  if (options.port !== undefined && !(await isFree(options.port)))
    throw wrongPipeline(`port ${options.port}: in use on 127.0.0.1; choose another`);
  const folder = makeFolder(options.folder);
  const temporary = options.folder === undefined;
  const watcher = startWatcher(temporary ? folder : '');
  let prepared: Prepared | undefined;
  let running: Running | undefined;
  let stopped: Promise<void> | undefined;

  const log = (lines?: number): string => (prepared ? tail(prepared.log, lines) : '');
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (running?.alive() !== true) return;
    running.signal(signal);
    const limit = setTimeout(() => running?.signal('SIGKILL'), 10_000);
    await running.ended;
    clearTimeout(limit);
  };
  const clean = async (): Promise<void> => {
    await end('SIGTERM');
    watcher.done();
    if (temporary) rmSync(folder, { recursive: true, force: true });
  };
  const stop = (): Promise<void> => (stopped ??= clean());
  const launch = async (from: Prepared): Promise<void> => {
    const process = startJava(from.launch, from.log);
    running = process;
    watcher.watch(process.pid);
    void process.ended.then(() => {
      watcher.watch(undefined);
    });
    const limit = AbortSignal.timeout(options.startLimitMs ?? 90_000);
    const login = from.self && { ...from.self, mechanism: 'PLAIN' as const };
    const client = clientOptions(from, 'regimewatch-broker', login);
    if (await ready(client, from.cluster, () => limit.aborted || !process.alive())) return;
    const why = process.alive() ? 'does not answer' : 'ended at its start';
    throw new Problem(1, `Kafka broker ${from.bootstrap}: ${why}; its log ends: ${log()}`);
  };

  try {
    prepared = await prepare(folder, options);
    await launch(prepared);
  } catch (error) {
    await stop();
    throw error;
  }
  const from = prepared;
  return {
    bootstrap: from.bootstrap,
    folder,
    ...(from.ca !== undefined && { ca: from.ca }),
    pid: () => (running?.alive() === true ? running.pid : undefined),
    ended: () => running?.ended ?? Promise.resolve(),
    stop,
    kill: () => end('SIGKILL'),
    restart: async () => {
      if (stopped) throw new Problem(1, `Kafka broker ${from.bootstrap}: was stopped; start a new one`);
      await end('SIGTERM');
      await launch(from);
    },
    log,
  };
}

function makeFolder(wanted: string | undefined): string {
  if (wanted === undefined) return mkdtempSync(join(tmpdir(), 'regimewatch-kafka-'));
  const folder = resolve(wanted);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length > 0) throw wrongPipeline(`folder ${folder}: not empty; name a new one`);
  return folder;
}
