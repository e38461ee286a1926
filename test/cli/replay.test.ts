import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportSchema, type Report } from '../../schemas/report.js';
import { writeTable } from '../support/files.js';
import { accountOf, lasting } from '../support/replay.js';
import { complaint, root, run, said, start } from '../support/program.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const DILEPTON = 'pipelines/dilepton.yaml';
const SAMPLE = 'samples/dilepton.parquet';
const UNWEIGHTED = ['--set', 'weight=none'];

const reportIn = (out: string): Report =>
  reportSchema.parse(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')));

describe('replay of the bundled sample', () => {
  let one: Report;
  const out = join(folder, 'one');

  beforeAll(async () => {
    const { code, stderr } = await run('replay', DILEPTON, SAMPLE, ...UNWEIGHTED, '--out', out);
    expect([code, stderr]).toEqual([0, '']);
    one = reportIn(out);
  }, 120_000);

  test('writes report.json, report.html and figures', () => {
    expect(readdirSync(out).sort()).toEqual(['figures', 'report.html', 'report.json']);
    expect(readdirSync(join(out, 'figures')).every((name) => name.endsWith('.svg'))).toBe(true);
    expect(readdirSync(join(out, 'figures')).length).toBeGreaterThan(0);
    const { read, accounted, ofSamples } = accountOf(one);
    expect([accounted, ofSamples]).toEqual([read, read]);
    expect(one.regimes!.map).toHaveLength(4);
    expect(one.timing.eventsPerSecond).toBeGreaterThan(0);
    expect(one.locality).toMatchObject({ model: 'learned', n: one.events.used, alternatives: [{ model: 'declared' }] });
    expect(one.dangerZones!.map(({ variable }) => variable)).toEqual(['H_T', 'abs_deta']);
    expect(one.correction!.candidates.length).toBeGreaterThan(0);
  });

  test.each([2, 4])('--workers %d gives the same report but for timing', async (workers) => {
    const again = join(folder, `workers${workers}`);
    const { code } = await run('replay', DILEPTON, SAMPLE, ...UNWEIGHTED, '--workers', String(workers), '--out', again);
    expect(code).toBe(0);
    expect({ ...reportIn(again), timing: null }).toEqual({ ...one, timing: null });
  });

  test('--format json prints the report and nothing else', async () => {
    const { code, stdout, stderr } = await run('replay', DILEPTON, SAMPLE, ...UNWEIGHTED, '--format', 'json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toHaveLength(2);
    expect({ ...reportSchema.parse(JSON.parse(stdout)), timing: null }).toEqual({ ...one, timing: null });
    const both = await run(
      'replay',
      DILEPTON,
      SAMPLE,
      ...UNWEIGHTED,
      '--format',
      'json',
      '--out',
      join(folder, 'both'),
    );
    expect(lasting(JSON.parse(both.stdout) as Report)).toEqual(lasting(one));
  });

  test('--partial of two ranges and merge give the same state', async () => {
    const parts = ['0:11000', '11000:99999999'].map((range, i) => [range, join(folder, `${i}.partial`)] as const);
    for (const [range, file] of parts) {
      const part = await run('replay', DILEPTON, SAMPLE, ...UNWEIGHTED, '--partial', file, '--range', range);
      expect(part.stdout).toMatch(/^partial: .*, \d+ of \d+ events\n$/);
      expect([part.code, part.stderr]).toEqual([0, '']);
    }
    const merged = join(folder, 'merged');
    const { code } = await run('merge', parts[1]![1], parts[0]![1], '--out', merged);
    expect(code).toBe(0);
    expect(lasting(reportIn(merged))).toEqual(lasting(one));
    const over = await complaint('merge', parts[0]![1], parts[0]![1]);
    expect(over).toMatchObject({ code: 3, line: expect.stringContaining('give each event once') as string });
  });

  test('a table without --out, one line a regime', async () => {
    const { code, stdout, stderr } = await run('replay', DILEPTON, SAMPLE, ...UNWEIGHTED);
    expect([code, stderr]).toEqual([0, '']);
    for (const { label } of one.regimes!.map) expect(stdout).toContain(label);
    expect(stdout).toContain(one.stateHash.slice(0, 12));
  });
});

test('several samples and workers, in any order', async () => {
  const samples = [1, 2, 3].map((seed) => `generator:4000?seed=${seed}`);
  const args = ['--set', 'identity=position', '--format', 'json'];
  const first = await run('replay', DILEPTON, ...samples, ...args);
  const other = await run('replay', DILEPTON, ...samples.toReversed(), ...args, '--workers', '3');
  expect(lasting(JSON.parse(other.stdout) as Report)).toEqual(lasting(JSON.parse(first.stdout) as Report));
});

test('slices of one sample over workers', async () => {
  const n = 270_000;
  const column = (of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => Math.fround(of(i)));
  const large = await writeTable(
    join(folder, 'large.arrow'),
    {
      event: column((i) => i),
      gen_pt1: column((i) => 20 + (i % 601) / 3),
      gen_pt2: column((i) => 25 + (i % 77)),
      gen_eta1: column((i) => (i % 500) / 200),
      gen_eta2: column((i) => -(i % 111) / 50),
      reco_pt1: column((i) => 20 + (i % 601) / 3 + (i % 13) / 7),
      w: column((i) => (i % 9 === 0 ? -1 : 1.5)),
    },
    65_536,
  );
  const args = ['replay', 'test/fixtures/pipelines/base.yaml', large, '--format', 'json'];
  const [one, two] = (await Promise.all([run(...args), run(...args, '--workers', '2')])).map(
    ({ stdout }) => JSON.parse(stdout) as Report,
  );
  expect(one!.events.used).toBe(n);
  expect({ ...two, timing: null }).toEqual({ ...one, timing: null });
});

test('a reader that goes away is no failure, and the report is written all the same', async () => {
  const out = join(folder, 'pipe');
  const child = start('replay', DILEPTON, 'generator:2000', '--out', out);
  child.stdout.destroy();
  const stderr: string[] = [];
  child.stderr.on('data', (chunk) => stderr.push(String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr.join('')]).toEqual([0, '']);
  expect(reportIn(out).events.used).toBe(2000);

  const check = start('check', DILEPTON);
  await said(check.stdout, /pipeline dilepton/);
  check.stdout.destroy();
  expect(await new Promise((resolve) => check.once('close', resolve))).toBe(0);
});

describe.concurrent('wrong usage is one line and exit code 2', () => {
  test.each([
    [
      [],
      'no command given; there are replay, watch, merge, export, generate, check, probe, runlength, produce, live, state, history, dashboards, mcp, demo',
    ],
    [['replya'], "unknown command 'replya' (Did you mean replay?)"],
    [['replay'], "missing required argument 'pipeline'"],
    [['replay', DILEPTON], "missing required argument 'sample'"],
    [
      ['replay', DILEPTON, SAMPLE, '--wrokers', '2'],
      "unknown option '--wrokers' (Did you mean one of --brokers, --workers?)",
    ],
    [['replay', DILEPTON, SAMPLE, '--workers', '0'], '--workers 0: expected a whole number from 1 to 256'],
    [['replay', DILEPTON, SAMPLE, '--workers', 'two'], '--workers two: expected a whole number from 1 to 256'],
    [['replay', DILEPTON, SAMPLE, '--workers', ''], '--workers : expected a whole number from 1 to 256'],
    [['replay', DILEPTON, SAMPLE, '--workers', '1.5'], '--workers 1.5: expected a whole number from 1 to 256'],
    [['replay', DILEPTON, SAMPLE, '--workers'], "option '--workers <n>' argument missing"],
    [['replay', DILEPTON, SAMPLE, '--serve', '70000'], '--serve 70000: expected a whole number from 0 to 65535'],
    [['replay', DILEPTON, SAMPLE, '--pace', '0'], '--pace 0: expected a number above 0'],
    [['replay', DILEPTON, SAMPLE, '--pace', '10', '--workers', '2'], '--pace: needs --workers 1'],
    [
      ['replay', DILEPTON, SAMPLE, '--format', 'xml'],
      '--format xml: the one format there is besides the table is json',
    ],
    [['replay', DILEPTON, SAMPLE, '--partial', 'x', '--out', 'y'], '--partial: writes no report'],
    [['replay', DILEPTON, SAMPLE, '--range', '5:5'], '--range 5:5: expected FROM:TO with FROM < TO'],
    [['replay', DILEPTON, SAMPLE, '--range', 'all'], '--range all: expected FROM:TO with FROM < TO'],
    [['replay', DILEPTON, SAMPLE, '--set', 'regimes.cuont=3'], "--set regimes.cuont=3: unknown entry 'regimes.cuont'"],
    [['replay', 'nowhere.yaml', SAMPLE], 'pipeline nowhere.yaml: no such file'],
    [['replay', 'pipelines', SAMPLE], 'pipeline pipelines: is a directory'],
    [['replay', SAMPLE, DILEPTON], `pipeline ${SAMPLE}: `],
    [['merge'], "missing required argument 'partial'"],
    [['merge', 'x', '--format', 'xml'], '--format xml: the one format there is'],
    [['generate', DILEPTON, '--events', '5'], "required option '--out <file>' not specified"],
    [['generate', DILEPTON, '--events', '0', '--out', 'x.csv'], '--events 0: expected a whole number from 1 to'],
    [['generate', DILEPTON, '--events', '5', '--out', 'x.xml'], 'x.xml: no format is written under this name'],
    [['check'], "missing required argument 'pipeline'"],
    [['check', DILEPTON, 'more'], "too many arguments for 'check'"],
    [['demo', 'more'], "too many arguments for 'demo'"],
  ])('%j', async (args, words) => {
    const { code, line } = await complaint(...args);
    expect(line).toContain(words);
    expect(code).toBe(2);
  });

  test('--verbose adds the stack', async () => {
    const { code, stderr } = await run('check', 'nowhere.yaml', '--verbose');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^regimewatch: pipeline nowhere\.yaml: no such file\n.*Problem: .*\n\s+at /s);
  });

  test('--help and --version are no mistake', async () => {
    for (const args of [['--help'], ['help'], ['replay', '--help'], ['--version']]) {
      const { code, stderr, stdout } = await run(...args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toBe('');
    }
  });
});

describe('what cannot be written is exit code 1', () => {
  test('--out where a file is, --partial where no folder is', async () => {
    const taken = await run('replay', DILEPTON, 'generator:500', '--out', 'package.json');
    expect(taken.code).toBe(1);
    expect(taken.stderr).toMatch(/^regimewatch: folder package\.json: the report cannot be written: [^\n]+\n$/);
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain('"name": "regimewatch"');
    const partial = await complaint('replay', DILEPTON, 'generator:500', '--partial', join(folder, 'no', 'x'));
    expect(partial.code).toBe(1);
    expect(partial.line).toMatch(/^partial .*: cannot be written: ENOENT/);
  });

  test('--out is a folder with a folder in the place of the report', async () => {
    mkdirSync(join(folder, 'odd', 'report.json'), { recursive: true });
    const { code, stderr } = await run('replay', DILEPTON, 'generator:500', '--out', join(folder, 'odd'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^regimewatch: folder .*odd: the report cannot be written: EISDIR[^\n]+\n$/);
  });
});
