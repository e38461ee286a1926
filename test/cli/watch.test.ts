import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { PageStatus, StoredWindow } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { parseExposition } from '../support/exposition.js';
import { complaint, run, said, start } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const LIGHT = [
  ...['--set', 'weight=none', '--set', 'window={ events: 1000 }', '--set', 'response.bins=[400, -1, 1]'],
  ...['--set', 'spectrum.bins=[12, 60, 120]', '--set', 'online={ learn: 2, every: 2, memory: cumulative }'],
  ...['--set', 'local_model.verdict=declared', '--set', 'checks.learn=3'],
];
const SAMPLE = 'generator:12000?seed=3&high_pt=0.5';
const WATCH = ['watch', 'pipelines/dilepton.yaml', SAMPLE, ...LIGHT];

const started: ReturnType<typeof start>[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** Window reports among JSON lines. */
const reportsOf = (text: string): WindowReport[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as WindowReport)
    .filter((found) => 'window' in found);

describe('watch', () => {
  test('prints a line a window, alerts, and the end', async () => {
    const { code, stdout, stderr } = await run(
      ...[...WATCH, '--set', 'fast_reconstruction.from_event=7000', '--set', 'alerts.bias=0.02'],
      ...['--set', 'fast_reconstruction.context.pt_scale=-0.04'],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^window 0: 1,000 events, no verdict yet/);
    expect(stdout).toMatch(
      /\nalert HighBias fires: Bias of -\d+\.?\d*% ± \d\.\d+% in .*, as delivered, since window 7; see docs\/runbooks\/HighBias\.md\n/,
    );
    expect(stdout.match(/^window \d+: /gm)).toHaveLength(12);
    expect(stdout).toMatch(/\nevents: 12,000 read, 12,000 used, 0 rejected, 0 late, 0 duplicates\nwindows: 12 closed/);
  });

  test('killed in the middle and started again, reports and counters go on: none twice, none left out', async () => {
    const whole = reportsOf((await run(...WATCH, '--format', 'json')).stdout);
    const kept = ['--state', join(folder, 'state'), '--history', join(folder, 'history.duckdb'), '--checkpoint', '0.2'];
    const args = [...WATCH, ...kept, '--format', 'json', '--serve', '0', '--pace', '3000'];
    const child = start(...args);
    started.push(child);
    let before = '';
    const stopped = new Promise((resolve) => child.once('close', resolve));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      before += text;
    });
    const [, url = ''] = await said(child.stderr, /serving (\S+\/) and/);
    while (before.split('"chain"').length < 6) await new Promise((resolve) => setTimeout(resolve, 20));
    const counters = parseExposition(await (await fetch(`${url}metrics`)).text());
    child.kill('SIGKILL');
    await stopped;

    const again = start(...args);
    started.push(again);
    let after = '';
    again.stdout.setEncoding('utf8').on('data', (text: string) => {
      after += text;
    });
    const [, anew = ''] = await said(again.stderr, /serving (\S+\/) and/);
    const first = parseExposition(await (await fetch(`${anew}metrics`)).text());
    for (const [series, value] of counters)
      if (/_total\{/.test(series) && series.startsWith('regimewatch_'))
        expect([series, first.get(series) ?? 0]).toEqual([series, expect.toSatisfy((x: number) => x >= value)]);
    const status = async (): Promise<PageStatus> => (await (await fetch(`${anew}api/status`)).json()) as PageStatus;
    while (!(await status()).ended) await new Promise((resolve) => setTimeout(resolve, 50));
    const shown = (await (await fetch(`${anew}api/windows?from=0`)).json()) as StoredWindow[];
    expect(shown.map(({ report }) => report.chain)).toEqual(whole.map(({ chain }) => chain));
    expect((await fetch(`${anew}readyz`)).status).toBe(200);
    again.kill('SIGTERM');
    await new Promise((resolve) => again.once('close', resolve));
    // A line that was under way when it was killed is not whole.
    const printed = reportsOf(before.slice(0, before.lastIndexOf('\n') + 1) + after);
    expect(printed.map(({ chain }) => chain)).toEqual(whole.map(({ chain }) => chain));
  }, 120_000);

  test.each([
    [['watch', 'pipelines/dilepton.yaml'], "missing required argument 'sample'"],
    [[...WATCH, '--set', 'window=none'], 'pipeline dilepton: has no window; watch needs one'],
    [[...WATCH, '--pace', '0'], '--pace 0: expected a number above 0'],
    [[...WATCH, '--host', '0.0.0.0'], '--host: serves nothing without --serve'],
    [[...WATCH, '--checkpoint', 'soon'], '--checkpoint soon: expected a number above 0'],
  ])('%j is one line and exit code 2', async (args, words) => {
    const { code, line } = await complaint(...args);
    expect([code, line]).toEqual([2, expect.stringContaining(words)]);
  });
});
