import { beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../runtime/analyse.js';
import { exportFacts } from '../../runtime/export_facts.js';
import { exportHistograms } from '../../runtime/export_histograms.js';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { replayWhole } from '../../runtime/replay.js';
import { prepareSamples } from '../../runtime/samples.js';
import { problemOf } from '../support/problem_of.js';
import { settings } from '../support/replay.js';
import { basePipeline } from '../support/stage.js';
import { uhiMistakes } from '../support/uhi_schema.js';

const FILE = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
const LIGHT = [
  ...['weight=none', 'window=none', 'objects=none', 'local_model={}', 'danger_zone.replicates=50'],
  ...['context.H_T.bins=[40, 0, 4000]', 'response.bins=[400, -1, 1]'],
];
const PATIENCE = 120_000;

async function analysed(...more: string[]): Promise<{ loaded: LoadedPipeline; whole: Analysis }> {
  const loaded = await loadPipeline(FILE, [...LIGHT, ...more]);
  const samples = await prepareSamples(loaded, ['generator:8000?high_pt=0.3']);
  return { loaded, whole: await replayWhole(loaded, samples, settings()) };
}

describe('a correction that is accepted', () => {
  let loaded: LoadedPipeline;
  let whole: Analysis;
  beforeAll(async () => {
    ({ loaded, whole } = await analysed('fast_reconstruction.context.pt_scale=-0.03'));
  }, PATIENCE);

  test('is exported with its map, decision, events and figures', () => {
    const facts = exportFacts(loaded.pipeline, whole, 'n');
    const { report, findings } = whole;
    const correction = report.correction!;
    expect(facts.correction.version).toBe(correction.version);
    expect(facts.map.version).toBe(report.regimes!.version);
    expect(facts.decision).toEqual({ accepted: true, reason: correction.reason });
    const { train, validation, test: rest } = facts.events;
    expect([train, validation, rest]).toEqual([correction.training, correction.validation, correction.before.n]);
    expect(train + validation + rest).toBe(report.events.used);
    expect(facts.figures.map(({ name }) => name)).toEqual([
      ...['bias', 'median', 'sigma68', 'iqr', 'meanAbsolute', 'peak_position', 'peak_width', 'distance_to_truth'],
    ]);
    expect(facts.figures[0]).toEqual({ name: 'bias', before: correction.before.bias, after: correction.after.bias });
    expect(facts.fitted).toContain('the mean of the core of δ as a');
    expect(facts.fitted).toContain('accepted on the validation events');
    expect(findings.used).toBe(8000);
  });

  test('has ranges of training in the units of the inputs', () => {
    const { inputs, range } = exportFacts(loaded.pipeline, whole, 'n');
    expect(range).toEqual([60, 120]);
    expect(inputs.m_reco).toEqual({ unit: 'GeV', range: null });
    const [low, high] = inputs.H_T!.range!;
    const quantiles = whole.report.context[0]!.quantiles;
    expect(low).toBeLessThan(quantiles.find(({ p }) => p === 0.1)!.value!);
    expect(high).toBeGreaterThan(quantiles.find(({ p }) => p === 0.9)!.value!);
    expect([inputs.H_T!.unit, inputs.abs_deta!.unit]).toEqual(['GeV', null]);
  });

  test('comes with the histograms of the report and the summaries behind them', () => {
    const histograms = exportHistograms(loaded.pipeline, whole);
    for (const each of Object.values(histograms)) expect(uhiMistakes(each)).toBe('');
    expect(Object.keys(histograms).filter((name) => name.startsWith('summaries/'))).toEqual(
      [
        ...['context/H_T', 'context/abs_deta', 'spectrum/reco', 'spectrum/truth', 'response/delta'],
        ...['context_plane', 'context_plane/response', 'spectrum_plane'],
      ].map((name) => `summaries/${name}`),
    );
    expect(histograms['summaries/response/delta']!.metadata.entries).toBe(8000);
    expect(histograms['response/delta']!.metadata.entries).toBe(8000);
  });
});

test(
  'a refused correction is the identity, and the card will say so',
  async () => {
    const { loaded, whole } = await analysed('fast_reconstruction.tail=none', 'fast_reconstruction.pt_scale=0');
    const facts = exportFacts(loaded.pipeline, whole, 'n');
    expect(facts.decision.accepted).toBe(false);
    expect(facts.correction.layer).toBe('identity');
    expect(facts.fitted).toContain('refused on the validation events');
    expect(facts.caveats![0]).toBe('The correction was refused: this model is the identity, it changes no value.');
    const { bias } = whole.report.correction!.before;
    expect(facts.figures[0]!.after).toEqual(bias);
  },
  PATIENCE,
);

test('a pipeline without a correction has nothing to export', async () => {
  const whole = {} as Analysis;
  const of = (override: string) => problemOf(() => exportFacts(basePipeline(override).pipeline, whole, 'n'));
  expect(await of('correction=none')).toMatchObject({
    exitCode: 2,
    message: 'export: correction is none in the pipeline; give its layers',
  });
  expect(await of('response=none')).toMatchObject({
    exitCode: 2,
    message: 'export: the pipeline has no response, so there is no correction',
  });
});
