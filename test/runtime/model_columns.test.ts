import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../operators/probes/types.js';
import { analyse } from '../../runtime/analyse.js';
import { defineWithModels } from '../../runtime/define.js';
import { explainPipeline } from '../../runtime/explain.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { readSamples } from '../../runtime/read_samples.js';
import { prepareSamples } from '../../runtime/samples.js';
import { problemOf } from '../support/problem_of.js';
import { accountOf, crewOf, lasting, settings } from '../support/replay.js';
import { scratch } from '../support/scratch.js';
import { baseBatch, stageFor } from '../support/stage.js';

const root = new URL('../../', import.meta.url);
const pathOf = (path: string): string => new URL(path, root).pathname;
const textOf = (path: string): string => readFileSync(pathOf(path), 'utf8');
const folder = scratch();
const file = join(folder, 'p.yaml');
for (const name of ['linear', 'logarithm'])
  for (const ending of ['card.yaml', 'onnx'])
    copyFileSync(pathOf(`test/fixtures/models/${name}.${ending}`), join(folder, `${name}.${ending}`));
copyFileSync(pathOf('test/fixtures/models/linear.validation.csv'), join(folder, 'linear.validation.csv'));
writeFileSync(file, textOf('test/fixtures/pipelines/base.yaml'));

const LINEAR = 'models.lin={ card: linear.card.yaml, inputs: { a: gen_pt1, b: sum_reco, c: gen_eta1 } }';
const SECOND = 'models.log={ card: logarithm.card.yaml, inputs: { x: lin_score } }';
const load = (...overrides: string[]): Promise<LoadedPipeline> => loadPipeline(file, overrides);
const names = [...baseBatch(1).columns.keys()];

/** A model that remembers what it was asked, and gives the sum of its inputs. */
function fake(inputs: readonly string[], outputs: readonly string[], asked: Float64Array[][] = []): Model {
  return {
    ...{ inputs, outputs },
    run: (columns, length) => {
      asked.push(columns.map((x) => x.slice()));
      const sum = Float64Array.from({ length }, (_, i) => columns.reduce((total, x) => total + x[i]!, 0));
      return Promise.resolve(outputs.map(() => sum));
    },
    close: () => Promise.resolve(),
  };
}

test('a model gets columns and definitions in the order of its card, and its output is a column of formulas', async () => {
  const loaded = await load(LINEAR, 'define.made=2 * lin_score', 'response.reco=made');
  const asked: Float64Array[][] = [];
  const opened = new Map([['lin', fake(['a', 'b', 'c'], ['score'], asked)]]);
  const { chunk, rejected } = await defineWithModels(stageFor(loaded, names), opened, baseBatch(3));
  expect(asked.map((columns) => columns.map((x) => [...x]))).toEqual([
    [
      [40, 41, 42],
      [71, 72, 73],
      [0.5, 0.5, 0.5],
    ],
  ]);
  expect(rejected).toEqual({});
  expect([...chunk.columns.get('made')!]).toEqual([223, 227, 231]);
});

test('models are run one after another, and none that nothing needs', async () => {
  const loaded = await load(SECOND, LINEAR, 'weight=log_score');
  const opened = new Map([
    ['lin', fake(['a', 'b', 'c'], ['score'])],
    ['log', fake(['x'], ['score'])],
  ]);
  const stage = stageFor(loaded, names);
  expect(stage.models.models.map(({ name }) => name)).toEqual(['lin', 'log']);
  const { chunk } = await defineWithModels(stage, opened, baseBatch(2));
  expect([...chunk.columns.get('(weight)')!]).toEqual([111.5, 113.5]);
  expect(stageFor(await load(SECOND, LINEAR), names).models.models).toEqual([]);
  // Columns that only a model needs are read.
  const alone = stageFor(await load(LINEAR.replace('gen_eta1', 'w'), 'weight=lin_score', 'response=none'), names);
  expect(alone.read).toContain('w');
});

test('an event without an answer is rejected, with a reason that names the model; others are as they were', async () => {
  const loaded = await load(LINEAR, 'weight=lin_score');
  const holes: Model = {
    ...fake(['a', 'b', 'c'], ['score']),
    run: () => Promise.resolve([Float64Array.of(1, NaN, Infinity, 2)]),
  };
  const batch = baseBatch(4);
  const { chunk, rejected } = await defineWithModels(stageFor(loaded, names), new Map([['lin', holes]]), batch);
  expect(rejected).toEqual({ 'model lin: its output score is not a finite number': 2 });
  expect([...chunk.position]).toEqual([0, 3]);
  expect([...chunk.columns.get('(weight)')!]).toEqual([1, 2]);
});

describe('a replay', () => {
  const replayBy = async (loaded: LoadedPipeline, shards: number, sliceEvents: number) => {
    const options = settings({ sliceEvents });
    const samples = await prepareSamples(loaded, ['generator:3000?seed=3&high_pt=0.3']);
    const crew = crewOf(shards, loaded, samples, options);
    try {
      return await analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
    } finally {
      await Promise.all(crew.map((shard) => shard.close()));
    }
  };
  const dilepton = (...overrides: string[]): Promise<LoadedPipeline> =>
    loadPipeline(pathOf('pipelines/dilepton.yaml'), [
      ...['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'],
      ...['models.net.card=../models/mass_net.card.yaml', 'response.reco=net_m_net', 'spectrum.reco=net_m_net'],
      ...overrides,
    ]);

  test('with a network for the mass is the same for any number of shards', async () => {
    const loaded = await dilepton();
    const report = await replayBy(loaded, 1, 1e9);
    expect(report.events).toMatchObject({ read: 3000, rejected: {} });
    const whole = report.response!.find(({ regime, split }) => regime === 'all' && split === 'all')!;
    expect(Math.abs(whole.median.value!)).toBeLessThan(0.02);
    expect(whole.sigma68.value!).toBeGreaterThan(0.002);
    expect(lasting(await replayBy(loaded, 3, 700))).toEqual(lasting(report));
  });

  test('counts every event that a model has no answer for', async () => {
    const loaded = await dilepton(
      `models.log={ card: ${join(folder, 'logarithm.card.yaml')}, inputs: { x: 'gen_l1_pt - 40' } }`,
      'define.shifted=net_m_net + 0 * log_score',
      'response.reco=shifted',
    );
    const report = await replayBy(loaded, 1, 1e9);
    const reason = 'model log: its output score is not a finite number';
    expect(report.events.rejected[reason]).toBeGreaterThan(300);
    expect(accountOf(report)).toMatchObject({ read: 3000, accounted: 3000 });
  });
});

test('the hash of a pipeline covers the card and the model', async () => {
  const before = await load(LINEAR);
  expect(before.pipeline.models!['lin']).toMatchObject({
    card_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    sha256: '296cbb12e9f40b0b3c84599544a7a0e1786b9517705a2a46975a8e6ba0e56196',
    outputs: { score: {} },
  });
  expect((await load(LINEAR)).hash).toBe(before.hash);
  const card = join(folder, 'linear.card.yaml');
  writeFileSync(join(folder, 'other.card.yaml'), readFileSync(card, 'utf8').replace('absolute: 0.5', 'absolute: 0.6'));
  expect((await load(LINEAR.replace('linear', 'other'))).hash).not.toBe(before.hash);
});

test('check lists models with their inputs, and what needs none of them', async () => {
  const text = explainPipeline(await load(LINEAR, SECOND, 'weight=lin_score'));
  expect(text).toContain(
    ['models, in order of need', '  lin (linear.card.yaml): lin_score', '    a = gen_pt1', '    b = sum_reco'].join(
      '\n',
    ),
  );
  expect(text).toContain('  log (logarithm.card.yaml): log_score: nothing that is on needs it\n    x = lin_score');
  expect(text).toMatch(/gen_eta1 .*: needed/);
});

describe('mistakes are told with their line', () => {
  test.each([
    [
      'no such card',
      ['models.lin.card=none.yaml'],
      /^--set models.lin.card=none.yaml: models.lin.card: card .*none.yaml: no such file$/,
    ],
    ['an unknown input', [LINEAR.replace('a:', 'aa:')], /models.lin.inputs.aa: unknown input, did you mean 'a'\?$/],
    [
      'an unknown name',
      [LINEAR.replace('gen_eta1', 'gen_eta3')],
      /models.lin.inputs.c: .*unknown name 'gen_eta3'.* did you mean/,
    ],
    [
      'a formula that is none',
      [LINEAR.replace('gen_eta1', "'gen_eta1 +'")],
      /models.lin.inputs.c: formula 'gen_eta1 \+'/,
    ],
    ['of itself', [LINEAR.replace('gen_eta1', 'lin_score')], /models.lin: models need each other: lin → lin$/],
    [
      'of each other',
      [LINEAR.replace('gen_eta1', 'log_score'), SECOND],
      /models.l..: models need each other: l.. → l.. → l..$/,
    ],
    [
      'an output that is a column',
      [LINEAR, 'columns.lin_score={}'],
      /models.lin: its output score is a column 'lin_score', and that name is taken$/,
    ],
    [
      'an output that is a definition',
      [LINEAR, 'define.lin_score=gen_pt1'],
      /define.lin_score: the name is taken already$/,
    ],
    [
      'another model than the one meant',
      [LINEAR.replace('card:', `sha256: ${'a'.repeat(64)}, card:`)],
      /models.lin.sha256: the card linear.card.yaml has 296cbb12/,
    ],
    ['an output that there is not', [LINEAR, 'weight=lin_scre'], /weight: .*unknown name 'lin_scre'/],
  ])('%s', async (_, overrides, message) => {
    const problem = await problemOf(async () => explainPipeline(await load(...overrides)));
    expect(problem.exitCode).toBe(2);
    expect(problem.message).toMatch(message);
    expect(problem.message.startsWith('--set ')).toBe(true);
  });
});
