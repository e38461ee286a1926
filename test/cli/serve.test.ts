import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../schemas/report.js';
import { parseExposition } from '../support/exposition.js';
import { run, said, start } from '../support/program.js';

const DILEPTON = 'pipelines/dilepton.yaml';
const serving = /serving (http:\/\/127\.0\.0\.1:\d+\/) and \S+metrics/;
const started: ReturnType<typeof start>[] = [];

/** Starts a replay that serves, and waits until it does. */
async function serve(...args: string[]): Promise<{ url: string; child: ReturnType<typeof start> }> {
  const child = start('replay', DILEPTON, 'generator:3000?seed=1&high_pt=0.3', '--serve', '0', ...args);
  started.push(child);
  const [, url = ''] = await said(child.stderr, serving);
  return { url, child };
}

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

describe('--serve', () => {
  let url: string;
  let report: Report;

  beforeAll(async () => {
    ({ url } = await serve('--set', 'columns.gen_l1_pt.range=[0, 60]'));
    report = (await (await fetch(`${url}report.json`)).json()) as Report;
  });

  const textOf = async (path: string): Promise<[number, string, string]> => {
    const response = await fetch(url + path);
    return [response.status, response.headers.get('content-type') ?? '', await response.text()];
  };

  test('the page holds everything it shows', async () => {
    const [status, type, page] = await textOf('');
    expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).toContain(report.title);
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]+(?:src|href)="?https?:/i);
  });

  test('the report, the figures and the sign of life', async () => {
    expect(report.events.read).toBe(3000);
    expect((await textOf('healthz'))[2]).toBe('ok\n');
    expect((await textOf('figures/none.svg'))[0]).toBe(404);
    expect((await textOf('nothing'))[0]).toBe(404);
    expect((await textOf('figures/..%2f..%2fpackage.json'))[0]).toBe(404);
  });

  test('/metrics counts what the report counts', async () => {
    const [status, type, text] = await textOf('metrics');
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = parseExposition(text);
    const value = (name: string, ...labels: string[]): number | undefined =>
      samples.get(`regimewatch_${name}{${[...labels, 'pipeline="dilepton"'].sort().join(',')}}`);
    const { read, used, late, duplicate, rejected } = report.events;
    const reasons = Object.entries(rejected);
    expect(reasons.length).toBeGreaterThan(0);
    const turnedAway = reasons.reduce((sum, [, n]) => sum + n, 0);
    for (const [outcome, n] of Object.entries({ read, used, late, duplicate, rejected: turnedAway })) {
      expect(value('events_total', `outcome="${outcome}"`), outcome).toBe(n);
    }
    expect(used + turnedAway + late + duplicate).toBe(read);
    for (const [reason, n] of reasons) expect(value('rejected_total', `reason="${reason}"`), reason).toBe(n);
    for (const { id, n } of report.regimes!.map) expect(value('regime_events_total', `regime="${id}"`)).toBe(n);
    for (const { regime, stage, bias, sigma68 } of report.response!.filter(({ split }) => split === 'all')) {
      const labels = [`regime="${regime}"`, `stage="${stage}"`];
      expect(value('response_bias_ratio', ...labels)).toBe(bias.value);
      expect(value('response_bias_error_ratio', ...labels)).toBe(bias.error);
      expect(value('response_sigma68_ratio', ...labels)).toBe(sigma68.value);
    }
    for (const key of samples.keys()) expect(key).toMatch(/^(regimewatch|process|nodejs)_/);
  });

  test('a port that is taken is one line and exit code 1', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    const { code, stderr } = await run('replay', DILEPTON, 'generator:500', '--serve', String(port));
    blocker.close();
    expect(stderr).toMatch(new RegExp(`^regimewatch: port ${port}: .*EADDRINUSE[^\\n]*\\n$`));
    expect(code).toBe(1);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it with 0, also while a client holds a connection',
  async (signal) => {
    const { child, url } = await serve();
    const open = await fetch(`${url}healthz`);
    await open.text();
    const ended = new Promise<unknown>((resolve) =>
      child.once('exit', (code, by) => {
        resolve(code ?? by);
      }),
    );
    child.kill(signal);
    const late = new Promise((resolve) => setTimeout(resolve, 5000, 'still there after 5 s'));
    expect(await Promise.race([ended, late])).toBe(0);
  },
);
