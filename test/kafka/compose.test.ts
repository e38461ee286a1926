import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../docker/kafka/free_port.js';
import type { Broker } from '../../docker/kafka/broker.js';
import { serviceOf } from '../docker/files.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { parseExposition } from '../support/exposition.js';
import { start } from '../support/program.js';
import { scratch } from '../support/scratch.js';
import { until } from '../support/scraping.js';

const folder = scratch();

/** The services of docker/compose.yaml as programs of this machine: another broker's address, port, folder and pace. */
describe.runIf(brokerOrSkip())('producer and worker of the compose file', () => {
  let broker: Broker;
  let port: number;
  const running: ChildProcess[] = [];
  const ended = (child: ChildProcess): Promise<unknown> =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once('exit', resolve));
  const startService = (name: string): ChildProcess => {
    const here: Record<string, string> = {
      ...{ '--brokers': broker.bootstrap, '--serve': String(port), '--host': '127.0.0.1' },
      ...{ '--history': join(folder, 'history.duckdb'), '--pace': '5000' },
    };
    const command = serviceOf(name).command!.map((argument) => {
      const [option = ''] = argument.split('=');
      return option in here ? `${option}=${here[option]!}` : argument;
    });
    // The group gives up a worker that was killed after the session, 15 s by default.
    const child = start(...command, ...(name === 'worker' ? ['--session=6'] : []));
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    running.push(child);
    return child;
  };
  const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}/${path}`);
  /** Values of a counter by its labels. */
  const counted = async (name: string): Promise<Map<string, number>> => {
    const all = parseExposition(await (await get('metrics')).text());
    return new Map([...all].filter(([key]) => key.startsWith(`regimewatch_${name}{`)));
  };
  const windows = async (): Promise<number> => [...(await counted('windows_total')).values()][0] ?? 0;

  /** Started again on failure, as the compose file has it: the topic is there once the producer has made it. */
  const startWorker = async (): Promise<ChildProcess> => {
    let worker = startService('worker');
    await until('the worker has its share', async () => {
      if (worker.exitCode !== null) worker = startService('worker');
      return (await get('readyz')).status === 200;
    });
    return worker;
  };

  beforeAll(async () => {
    broker = await startTestBroker();
    port = await freePort([]);
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(running.map(ended));
  });

  test('windows close, and a worker that is killed counts on from where it was', async () => {
    const producer = startService('producer');
    const killed = await startWorker();
    await until('a window is closed', async () => (await windows()) >= 2);
    producer.kill('SIGTERM');
    await ended(producer);
    const before = { windows: await windows(), regimes: await counted('regime_events_total') };
    expect((await get('healthz')).status).toBe(200);
    killed.kill('SIGKILL');
    await ended(killed);

    const worker = await startWorker();
    expect(await windows()).toBeGreaterThanOrEqual(before.windows);
    const regimes = await counted('regime_events_total');
    expect(before.regimes.size).toBeGreaterThan(0);
    for (const [series, n] of before.regimes) expect(regimes.get(series), series).toBeGreaterThanOrEqual(n);
    worker.kill('SIGTERM');
    await ended(worker);
    expect(worker.exitCode).toBe(0);
  }, 240_000);
});
