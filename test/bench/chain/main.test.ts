import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Measured } from '../../../bench/chain/measure.js';
import { root } from '../../support/program.js';

const run = (args: readonly string[], env = process.env) =>
  spawnSync(process.execPath, ['dist/bench/chain/main.js', ...args], { cwd: root, encoding: 'utf8', env });
const small = ['--events', '20000', '--rounds', '2', '--repetitions', '1'];

it('runs each peer beside the baseline, and finds the same numbers', () => {
  const names = ['plain_loop', 'plain', 'compiled', 'duckdb'];
  const { stdout, stderr, status } = run([...small, '--peers', names.join(), '--format', 'json']);
  expect([stderr, status]).toEqual(['', 0]);
  const { rows, ...asked } = JSON.parse(stdout) as { rows: Measured[] };
  expect(asked).toMatchObject({ events: 20_000, rounds: 2, repetitions: 1, baseline: 'plain_loop', skipped: [] });
  expect(asked).toMatchObject({ seconds: 'clock' });
  expect(rows.map(({ peer }) => peer)).toEqual(names);
  for (const { peer, events, seconds, ratio, moved, sumsDiffer, wrong, eventsPerSecond } of rows) {
    expect([events, moved, wrong], peer).toEqual([20_000, 0, null]);
    expect(seconds.map((each) => each.length)).toEqual([1, 1]);
    expect(ratio.low).toBeLessThanOrEqual(ratio.median);
    expect(ratio.median).toBeLessThanOrEqual(ratio.high);
    expect(eventsPerSecond).toBeGreaterThan(0);
    expect(sumsDiffer).toBeLessThan(1e-11);
  }
  expect(rows[0]!.ratio).toEqual({ median: 1, low: 1, high: 1 });
});

it('prints a table, and skips in one line what is not installed', () => {
  const { stdout, stderr, status } = run([...small, '--peers', 'plain_loop,cpp_loop_f32,numpy_f64'], {
    PATH: '/nowhere',
  });
  expect(status).toBe(0);
  expect(stderr).toBe(
    'cpp_loop_f32: skipped, no g++\n' +
      'numpy_f64: skipped, no python3 with numpy, sklearn (pip install -r bench/chain/requirements.txt)\n',
  );
  const [head, row, ...rest] = stdout.split('\n');
  expect(head).toMatch(/^peer +program +type +events +events\/s +ratio +from +to +GB\/s +peak MB +moved$/);
  expect(row).toMatch(/^plain_loop +JavaScript, one loop by hand +f64 +20,000 +[\d,]+ +1.00 +1.00 +1.00 /);
  expect(rest).toEqual(['']);
});

it('leaves nothing in the temporary folder, in failure too', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
  const left = (...args: string[]) => {
    const { status } = run([...small, ...args], { ...process.env, TMPDIR: temporary });
    return [status, readdirSync(temporary)];
  };
  expect(left('--peers', 'plain_loop')).toEqual([0, []]);
  expect(left('--peers', 'none')).toEqual([2, []]);
  rmSync(temporary, { recursive: true });
});

it('leaves nothing when it is interrupted', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'regimewatch-chain-'));
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(
    process.execPath,
    ['dist/bench/chain/main.js', '--peers', 'plain_loop', '--events', '100000000'],
    { cwd: root, env },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  const written = () => readdirSync(temporary, { recursive: true }).some((name) => String(name).endsWith('.f32'));
  while (!written()) await setTimeout(20);
  child.kill('SIGINT');
  expect([await ended, readdirSync(temporary)]).toEqual([130, []]);
  rmSync(temporary, { recursive: true });
});

for (const [args, message] of [
  [
    ['--peers', 'plain,gpu'],
    /^--peers gpu: expected one of plain_loop, plain, compiled, compiled_f32, cpp_loop_f64, .*river\n$/,
  ],
  [['--baseline', 'gpu'], /^--baseline gpu: expected one of plain_loop, /],
  [['--seconds', 'cpu'], /^--seconds cpu: expected clock or processor\n$/],
  [['--events', '0'], /^--events 0: expected a whole number from 1 to 1000000000\n$/],
  [['--format', 'csv'], /^--format csv: the one format there is besides the table is json\n$/],
  [['--round', '3'], /^Unknown option '--round'/],
] as const) {
  it(`refuses ${args.join(' ')}`, () => {
    const { stdout, stderr, status } = run(args);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toMatch(message);
  });
}
