import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../docker/kafka/free_port.js';
import { toolName } from './prometheus_tools.js';
import { until } from './scraping.js';

export interface RulesPrometheus {
  /** Data of an answer of the API; throws if Prometheus refuses. */
  readonly get: (path: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** A real Prometheus that scrapes a port of this machine and evaluates rules twice a second; its files are in `folder`. */
export async function startWithRules(folder: string, target: number, rules: string): Promise<RulesPrometheus> {
  const every = '500ms';
  const config = {
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: ['rules.yaml'],
    scrape_configs: [{ job_name: 'regimewatch', static_configs: [{ targets: [`127.0.0.1:${target}`] }] }],
  };
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  writeFileSync(join(folder, 'rules.yaml'), rules);
  const address = `127.0.0.1:${await freePort([target])}`;
  const options = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ];
  const child = spawn(toolName('prometheus'), options, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const ready = until('Prometheus is ready', async () => (await fetch(`http://${address}/-/ready`)).ok);
  await ready.catch((error: unknown) => stop().then(() => Promise.reject(error as Error)));
  const get = async (path: string): Promise<unknown> => {
    const { data, error } = (await (await fetch(`http://${address}${path}`)).json()) as {
      data?: unknown;
      error?: string;
    };
    if (error !== undefined) throw new Error(`Prometheus refuses ${decodeURIComponent(path)}: ${error}`);
    return data;
  };
  return { get, stop };
}
