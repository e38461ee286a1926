import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { writeFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertmanagerConfig } from '../../dashboards/alertmanager.js';
import { prometheusRules } from '../../dashboards/prometheus_rules.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { toolName, type Tool } from './prometheus_tools.js';

interface Notification {
  readonly status: 'firing' | 'resolved';
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly startsAt: string;
  }[];
}

export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A server on a free port of this machine. */
export async function listen(answer: Parameters<typeof createServer>[1]): Promise<Listening> {
  const server: Server = createServer(answer as Parameters<typeof createServer>[0]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Takes what Alertmanager posts. */
async function webhook(into: Notification[]): Promise<Listening> {
  return listen((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      into.push(JSON.parse(text) as Notification);
      response.end();
    });
  });
}

export async function freePort(): Promise<number> {
  const { url, close } = await listen(() => undefined);
  await close();
  return Number(new URL(url).port);
}

/** Starts a program and waits until it answers at `ready`. */
export async function startTool(tool: Tool, args: readonly string[], ready: string): Promise<ChildProcess> {
  const child = spawn(toolName(tool), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(ready).catch(() => null);
    if (answer?.ok) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`${tool}: not ready\n${said}`);
}

export async function stopTool(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await closed;
  clearTimeout(timer);
}

/** Waits until something holds; false: it did not in time. */
export async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return holds();
}

export interface AlertChain {
  /** What the webhook got, in order. */
  readonly notifications: readonly Notification[];
  readonly close: () => Promise<void>;
}

/** Prometheus scrapes `host` every so many seconds, evaluates the rules of the pipeline, and tells Alertmanager, which tells a webhook. */
export async function startChain(folder: string, pipeline: Pipeline, host: string, every = 1): Promise<AlertChain> {
  const notifications: Notification[] = [];
  const hook = await webhook(notifications);
  const [prometheus, alertmanager] = [await freePort(), await freePort()];
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('rules.yaml'), prometheusRules([pipeline]));
  const pace = { wait: '3s', interval: '3s', repeat: '1h' };
  writeFileSync(file('alertmanager.yaml'), alertmanagerConfig([pipeline], `${hook.url}/`, pace));
  const config = {
    global: { scrape_interval: `${every}s`, scrape_timeout: `${every}s`, evaluation_interval: '1s' },
    rule_files: ['rules.yaml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
    scrape_configs: [{ job_name: 'regimewatch', static_configs: [{ targets: [host] }] }],
  };
  writeFileSync(file('prometheus.yaml'), stringify(config));
  const programs: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const program of programs) await stopTool(program);
    await hook.close();
  };
  try {
    const routes = [
      ...[`--config.file=${file('alertmanager.yaml')}`, `--storage.path=${file('alertmanager')}`],
      ...[`--web.listen-address=127.0.0.1:${alertmanager}`, '--cluster.listen-address='],
    ];
    programs.push(await startTool('alertmanager', routes, `http://127.0.0.1:${alertmanager}/-/ready`));
    const rules = [
      ...[`--config.file=${file('prometheus.yaml')}`, `--storage.tsdb.path=${file('prometheus')}`],
      `--web.listen-address=127.0.0.1:${prometheus}`,
    ];
    programs.push(await startTool('prometheus', rules, `http://127.0.0.1:${prometheus}/-/ready`));
  } catch (error) {
    await close();
    throw error;
  }
  return { notifications, close };
}
