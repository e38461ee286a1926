import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { generated } from '../../bench/toys/generated.js';
import { eventsOf, study, type Study } from '../../bench/toys/study.js';
import { root } from '../support/program.js';

const tiny: Study = { samples: 2, events: 3000, truth: 20_000, seed: 5 };
const nothing = (): void => undefined;

describe('study', () => {
  it('measures each thing, with its error and the number behind it', async () => {
    let events = 0;
    const rows = await study(tiny, (more) => (events += more));
    expect(events).toBe(eventsOf(tiny));
    expect([...new Set(rows.map((row) => row.study))]).toEqual(['null', 'coverage', 'onset']);
    const row = (what: string) => rows.find((each) => each.what === what)!;
    expect(row('locality violated (learned)')).toMatchObject({ stated: 0.01, n: 2 });
    expect(row('p of H_T mean (learned) < 0.05')).toMatchObject({ stated: 0.05, n: 2 });
    expect(row('bias: all')).toMatchObject({ stated: 0.95, n: 2 });
    expect(row('sigma68: H_T 60 to 100')).toMatchObject({ stated: 0.95, n: 2 });
    expect(row('raw: onset found').n).toBe(2);
    for (const { what, value, error, n } of rows) {
      expect(value === null || Number.isFinite(value), what).toBe(true);
      if (n > 1 && value !== null && !what.includes('KS')) expect(error, what).toBeGreaterThanOrEqual(0);
    }
  });

  it('does what is asked alone, and the same again', async () => {
    const asked: Study = { ...tiny, samples: 1, only: 'onset' };
    const rows = await study(asked, nothing);
    expect(eventsOf(asked)).toBe(3000);
    expect(rows.every((row) => row.study === 'onset')).toBe(true);
    expect(await study(asked, nothing)).toEqual(rows);
  });
});

describe('generated', () => {
  it('draws truth and reconstruction anew for each seed', async () => {
    const [one, other] = [await generated('null', 1, 3000, nothing), await generated('null', 2, 3000, nothing)];
    expect(one.context[0]!.mean.value).not.toBe(other.context[0]!.mean.value);
    expect(one.response!.at(-1)!.bias.value).not.toBe(other.response!.at(-1)!.bias.value);
    expect(one.locality).toBeDefined();
  });

  it('injects beyond 300 GeV alone, and measures the response alone for the truth', async () => {
    const biases = async (kind: 'null' | 'onset') =>
      (await generated(kind, 1, 3000, nothing)).byContext!.filter(({ variable }) => variable === 'H_T');
    const [local, broken] = [await biases('null'), await biases('onset')];
    local.forEach(({ low, high, n, bias }, bin) => {
      const moved = broken[bin]!.bias.value! - bias.value!;
      if (high !== null && high <= 300) expect(moved).toBe(0);
      else if (low! >= 400 && n > 10) expect(moved).toBeLessThan(-0.004);
    });
    const truth = await generated('truth', 1, 3000, nothing);
    expect(truth.locality).toBeUndefined();
    expect(truth.correction).toBeUndefined();
    expect(truth.response!.find(({ regime, split }) => regime === 'all' && split === 'all')!.n).toBe(3000);
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/bench/coverage.js', ...args], { cwd: root, encoding: 'utf8' });

  it('prints JSON, and nothing else in a pipe', () => {
    const { stdout, stderr, status } = run(
      ...['--samples', '1', '--events', '2000', '--only', 'onset', '--seed', '5', '--format', 'json'],
    );
    expect([stderr, status]).toEqual(['', 0]);
    const { samples, only, rows } = JSON.parse(stdout) as Study & { rows: unknown[] };
    expect([samples, only, rows.length > 10]).toEqual([1, 'onset', true]);
  });

  for (const [args, message] of [
    [['--only', 'all'], '--only all: expected null, coverage, onset\n'],
    [['--samples', '0'], '--samples 0: expected a whole number from 1 to 1000000\n'],
    [['--format', 'csv'], '--format csv: the one format there is besides the table is json\n'],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      const { stderr, status } = run(...args);
      expect([stderr, status]).toEqual([message, 2]);
    });
  }

  it('refuses an option that it does not know', () => {
    const { stderr, status } = run('--sample', '3');
    expect(stderr).toMatch(/^Unknown option '--sample'/);
    expect(status).toBe(2);
  });
});
