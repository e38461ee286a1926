import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/program.js';

const run = (args: readonly string[], env = process.env) =>
  spawnSync(process.execPath, ['dist/bench/main.js', ...args], { cwd: root, encoding: 'utf8', env });
const small = ['--events', '20000', '--rounds', '1', '--quick'];

it('measures stages and growth, with all rounds and the machine in the JSON', () => {
  const { stdout, stderr, status } = run([...small, '--only', 'growth,stages', '--format', 'json']);
  expect([stderr, status]).toEqual(['', 0]);
  const { machine, asked, parts, notMeasured } = JSON.parse(stdout) as Record<string, Record<string, never>>;
  expect(machine).toMatchObject({ node: process.version });
  expect(asked).toMatchObject({ events: 20_000, rounds: 1, quick: true });
  expect(notMeasured).toEqual([]);
  expect(Object.keys(parts!)).toEqual(['stages', 'growth']);
  const { rounds } = parts!.stages as unknown as { rounds: { stage: string; rounds: { ours: number }[] }[] };
  expect(rounds.map(({ stage }) => stage)).toEqual(['formulas', 'regimes', 'summaries', 'chain']);
  for (const { rounds: turns } of rounds) for (const { ours } of turns) expect(ours).toBeGreaterThan(0);
});

it('says in a line each what is not installed, measures the rest, and leaves nothing', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'regimewatch-bench-test-'));
  const { stdout, status } = run([...small, '--only', 'chain,kafka,roofline'], { PATH: '/nowhere', TMPDIR: temporary });
  expect(status).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
  expect(stdout).toMatch(/^regimewatch, formulas compiled +f64 /m);
  expect(stdout).toMatch(/^memory read by one core \(JavaScript\)/m);
  for (const line of [
    /^chain beside cpp_loop_f64: no g\+\+$/m,
    /^chain beside river: no python3 with numpy, river /m,
    /^Kafka, Arrow and Avro: .*java/m,
    /^instructions an event: perf is missing/m,
  ])
    expect(stdout).toMatch(line);
});

for (const [args, message] of [
  [['--only', 'start,gpu'], /^--only gpu: expected some of stages, chain, .*profile\n$/],
  [['--format', 'csv'], /^--format csv: expected text, markdown, json\n$/],
  [['--rounds', '0'], /^--rounds 0: expected a whole number from 1 to 1000\n$/],
  [['--fast'], /^Unknown option '--fast'/],
] as const) {
  it(`refuses ${args.join(' ')}`, () => {
    const { stdout, stderr, status } = run(args);
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toMatch(message);
  });
}
