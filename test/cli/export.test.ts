import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { reportSchema, type Report } from '../../schemas/report.js';
import type { ValidationVectors } from '../../sinks/export/validation_vectors.js';
import { lasting } from '../support/replay.js';
import { complaint, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';
import { uhiMistakes } from '../support/uhi_schema.js';

const folder = scratch();
const DILEPTON = 'pipelines/dilepton.yaml';
const SAMPLE = 'samples/dilepton.parquet';
const PATIENCE = 120_000;
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

/** onnxruntime-node, or why it cannot be loaded here; where it must be there, that is a failure. */
const runtime = await import('onnxruntime-node').catch((error: unknown) => {
  if (process.env.CI === 'true') throw error;
  return String(error).split('\n')[0]!;
});
if (typeof runtime === 'string') process.stderr.write(`the exported model is not run: ${runtime}\n`);

describe('export of the bundled sample', () => {
  let stdout = '';
  beforeAll(async () => {
    const args = [DILEPTON, SAMPLE, '--set', 'weight=none', '--out', join(folder, 'out')];
    const ended = await run('export', ...args);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    ({ stdout } = ended);
  }, PATIENCE);

  test('writes model, vectors, card, histograms and report, and says what was decided', () => {
    const files = [
      'correction.card.yaml',
      'correction.onnx',
      'correction.vectors.json',
      'histograms.json',
      'report.json',
    ];
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(files);
    const [decision, ...paths] = stdout.trimEnd().split('\n');
    expect(decision).toMatch(/^correction: (smooth|regime), accepted: /);
    expect(paths.toSorted()).toEqual(files.map((file) => join(folder, 'out', file)));
  });

  test('the report is that of a replay', async () => {
    const replayed = await run('replay', DILEPTON, SAMPLE, '--set', 'weight=none', '--format', 'json');
    expect(lasting(reportSchema.parse(json('out', 'report.json')))).toEqual(
      lasting(JSON.parse(replayed.stdout) as Report),
    );
  });

  test('the card names the report, its correction and figures', () => {
    const card = parse(readFileSync(join(folder, 'out', 'correction.card.yaml'), 'utf8')) as {
      versions: Record<string, string>;
      correction: { accepted: boolean };
      figures_on_test: Record<string, unknown>;
      inputs: { name: string; range_in_training: number[] | null }[];
    };
    const { correction, regimes } = json('out', 'report.json') as Report;
    expect(card.versions).toMatchObject({ correction: correction!.version, regime_map: regimes!.version });
    expect(card.correction.accepted).toBe(true);
    expect(card.figures_on_test.sigma68).toEqual({
      before: correction!.before.sigma68,
      after: correction!.after.sigma68,
    });
    expect(card.inputs.map(({ name }) => name)).toEqual(['H_T', 'abs_deta', 'm_reco']);
  });

  test('the histograms follow the schema', () => {
    const histograms = json('out', 'histograms.json') as Record<string, unknown>;
    expect(Object.keys(histograms)).toContain('summaries/response/delta');
    for (const histogram of Object.values(histograms)) expect(uhiMistakes(histogram)).toBe('');
  });

  test.skipIf(typeof runtime === 'string')('onnxruntime gives the values of the 1,000 vectors', async () => {
    if (typeof runtime === 'string') return;
    const { inputs, outputs, rows } = json('out', 'correction.vectors.json') as ValidationVectors;
    expect(rows).toBe(1000);
    const session = await runtime.InferenceSession.create(join(folder, 'out', 'correction.onnx'));
    const feeds = Object.entries(inputs).map(
      ([name, x]) => [name, new runtime.Tensor('float64', Float64Array.from(x), [rows])] as const,
    );
    const made = await session.run(Object.fromEntries(feeds));
    for (const [name, expected] of Object.entries(outputs)) {
      expect(Array.from(made[name]!.data as Float64Array | BigInt64Array, Number)).toEqual(expected);
    }
  });

  test('the same bytes come of two workers, but for the timing of the report', async () => {
    const args = [DILEPTON, SAMPLE, '--set', 'weight=none', '--workers', '2', '--name', 'other'];
    const { code } = await run('export', ...args, '--out', join(folder, 'two'));
    expect(code).toBe(0);
    const bytes = (at: string, file: string): string => readFileSync(join(folder, at, file)).toString('base64');
    for (const end of ['onnx', 'vectors.json'])
      expect(bytes('two', `other.${end}`)).toBe(bytes('out', `correction.${end}`));
    expect(bytes('two', 'histograms.json')).toBe(bytes('out', 'histograms.json'));
  });
});

test('a refused correction is told on the terminal and in the card', async () => {
  const plain = ['fast_reconstruction.tail=none', 'fast_reconstruction.pt_scale=0', 'weight=none'];
  const out = join(folder, 'refused');
  const { code, stdout } = await run(
    'export',
    DILEPTON,
    'generator:6000',
    ...plain.flatMap((each) => ['--set', each]),
    '--out',
    out,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^correction: refused, so the identity is exported: /);
  const card = readFileSync(join(out, 'correction.card.yaml'), 'utf8');
  expect(card).toContain('accepted: false');
  expect(card).toContain('layer: identity');
});

describe.concurrent('wrong usage is one line', () => {
  test.each([
    [[DILEPTON, SAMPLE], "required option '--out <folder>' not specified", 2],
    [[DILEPTON, SAMPLE, '--out', 'x', '--set', 'correction=none'], 'export: correction is none in the pipeline', 2],
    [['pipelines/dilepton-data.yaml', SAMPLE, '--out', 'x'], 'export: the pipeline has no response', 2],
    [[DILEPTON, SAMPLE, '--out', 'x', '--name', '../x'], '--name ../x: expected letters, digits, ., - and _', 2],
    [[DILEPTON, SAMPLE, '--out', 'x', '--workers', '0'], '--workers 0: expected a whole number from 1 to 256', 2],
    [[DILEPTON, 'nowhere.csv', '--out', 'x'], 'nowhere.csv: no such file', 3],
  ])('%j', async (args, words, exitCode) => {
    const { code, line } = await complaint('export', ...args);
    expect([line, code]).toEqual([expect.stringContaining(words), exitCode]);
  });
});
