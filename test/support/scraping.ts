import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../docker/kafka/free_port.js';
import { acceptedFormat } from '../../sinks/prometheus/accepted_format.js';
import { toolName } from './prometheus_tools.js';

export interface MetricsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Answers what `text` gives at the time, in the format that is asked for, on the port wanted or one that was free. */
export async function serveMetrics(
  text: (openMetrics: boolean) => Promise<string>,
  wanted?: number,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const { contentType, openMetrics } = acceptedFormat(request.headers.accept);
    void text(openMetrics).then((answer) => response.writeHead(200, { 'content-type': contentType }).end(answer));
  });
  const port = wanted ?? (await freePort([]));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface RunningPrometheus {
  /** The instant vector of an expression now; throws if Prometheus refuses it. */
  readonly query: (expression: string) => Promise<readonly Found[]>;
  readonly get: (path: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** A real Prometheus that scrapes ports of this machine five times a second; its data is in `folder`. */
export async function startPrometheus(folder: string, targets: readonly number[]): Promise<RunningPrometheus> {
  const port = await freePort(targets);
  const every = '200ms';
  const config = {
    global: { scrape_interval: every, evaluation_interval: every, scrape_timeout: every },
    scrape_configs: [
      { job_name: 'regimewatch', static_configs: [{ targets: targets.map((target) => `127.0.0.1:${target}`) }] },
    ],
  };
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, JSON.stringify(config));
  const options = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--enable-feature=exemplar-storage',
  ];
  const child = spawn(toolName('prometheus'), options, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  const get = async (path: string): Promise<unknown> => {
    const { data, error } = (await (await fetch(`${url}${path}`)).json()) as { data?: unknown; error?: string };
    if (error !== undefined) throw new Error(`Prometheus refuses ${path}: ${error}`);
    return data;
  };
  await until('Prometheus is ready', async () => (await fetch(`${url}/-/ready`)).ok);
  return {
    get,
    query: async (expression) =>
      ((await get(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as { result: readonly Found[] }).result,
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Waits until it holds, for a minute or more; an attempt that throws does not count. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    try {
      if (await holds()) return;
    } catch {
      // Not yet.
    }
    await sleep(50);
  }
  throw new Error(`never came about: ${what}`);
}
