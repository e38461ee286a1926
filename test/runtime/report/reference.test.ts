import { beforeAll, describe, expect, test } from 'vitest';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { referenceSection } from '../../../runtime/report/reference.js';
import { reportSchema, type HistogramData, type ReferenceReport, type Report } from '../../../schemas/report.js';
import { makeReport } from '../../fixtures/report/make.js';
import { problemOf } from '../../support/problem_of.js';

const now = makeReport({ events: 6000 });
let pipeline: LoadedPipeline['pipeline'];

beforeAll(async () => {
  ({ pipeline } = await loadPipeline(new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname, []));
});

const against = (report: Report, change: Partial<Report> = {}): ReferenceReport =>
  referenceSection(pipeline, report, { path: 'before.json', report: { ...now, samples: [], ...change } });

const moved = (histogram: HistogramData, bins: number): HistogramData => ({
  ...histogram,
  series: histogram.series.map((one) => {
    const along = (x: readonly number[]): number[] => [...new Array<number>(bins).fill(0), ...x.slice(0, -bins)];
    return { ...one, sum: along(one.sum), errors: along(one.errors) };
  }),
});
const response = (report: Report): HistogramData => report.distributions.response!;

describe('a report against a reference', () => {
  test('that is the same finds no difference in any distribution', () => {
    const { comparisons, verdict, notes, path, stateHash } = against(now);
    expect(comparisons.map(({ distribution, variable, regime }) => [distribution, variable, regime])).toEqual([
      ['response', 'delta', 'all'],
      ...[0, 1, 2, 3].map((regime) => ['response', 'delta', regime]),
      ['context', 'H_T', 'all'],
      ['context', 'abs_deta', 'all'],
      ['spectrum', 'truth', 'all'],
      ['spectrum', 'reco', 'all'],
    ]);
    for (const { verdict: word, pValue, wasserstein, sigma, n } of comparisons) {
      if (n < 100) expect([word, pValue]).toEqual(['null', null]);
      if (n < 100) continue;
      expect([word, pValue, sigma, wasserstein!.distance, wasserstein!.moved]).toEqual(['good', 1, 0, 0, 0]);
    }
    expect([verdict, notes, path, stateHash]).toEqual(['good', [], 'before.json', now.stateHash]);
    expect(reportSchema.shape.reference.safeParse(against(now)).success).toBe(true);
  });

  test('tells significance and relevance apart', () => {
    // Bins of 0.0005: two of them are the tolerance of the bias, 0.001.
    const at = (bins: number) =>
      against(now, { distributions: { ...now.distributions, response: moved(response(now), bins) } });
    const far = at(40);
    expect(far.verdict).toBe('bad');
    const [all] = far.comparisons;
    expect(all).toMatchObject({ verdict: 'bad', significant: true, relevant: true, tolerance: 0.001 });
    expect(all!.wasserstein!.distance).toBeCloseTo(0.02, 3);
    expect(all!.reason).toMatch(/^response delta: moved by 0\.0\d+, beyond the tolerance 0\.0010, at \d+\.\d sigma$/);
    expect(
      far.comparisons.filter(({ distribution }) => distribution !== 'response').map(({ verdict }) => verdict),
    ).toEqual(Array(4).fill('good'));
    const loose = structuredClone(pipeline);
    (loose.checks.tolerance as { bias: number }).bias = 0.05;
    const before = { ...now, distributions: { ...now.distributions, response: moved(response(now), 40) } };
    const trifle = referenceSection(loose, now, { path: '', report: before });
    expect(trifle.comparisons[0]).toMatchObject({ verdict: 'medium', significant: true, relevant: false });
    expect(trifle.comparisons[0]!.reason).toContain('within the tolerance 0.050');
  });

  test('corrects p-values for the number of comparisons', () => {
    const changed = { ...now.distributions, response: moved(response(now), 3) };
    const { comparisons } = against(now, { distributions: changed });
    for (const { pValue, chi2, kolmogorov, wasserstein } of comparisons) {
      if (pValue === null) continue;
      const smallest = Math.min(...[chi2, kolmogorov, wasserstein].map((test) => test?.pValue ?? 1));
      expect(pValue).toBeGreaterThanOrEqual(Math.min(1, 3 * smallest) * (1 - 1e-12));
    }
  });

  test('moves of the context are measured in its central 68 %', () => {
    const [ht, deta] = now.distributions.context;
    const { comparisons } = against(now, { distributions: { ...now.distributions, context: [moved(ht!, 3), deta!] } });
    const found = comparisons.find(({ variable }) => variable === 'H_T')!;
    expect(found.wasserstein!.distance).toBeCloseTo(60, 0);
    expect(found).toMatchObject({ verdict: 'bad', relevant: true });
    expect(found.tolerance).toBeGreaterThan(0.5);
    expect(found.tolerance).toBeLessThan(10);
  });

  test('compares all events alone where the regimes are others, and says so', () => {
    const { comparisons, notes } = against(now, { regimes: { ...now.regimes!, version: 'other' }, pipelineHash: 'x' });
    expect(new Set(comparisons.map(({ regime }) => regime))).toEqual(new Set(['all']));
    expect(notes).toEqual([
      'regimes: the maps differ in version, so the response is compared for all events together',
      'pipeline: its entries differ from those of the reference',
    ]);
  });

  test('says that samples are the same', () => {
    expect(against(now, { samples: now.samples }).notes[0]).toMatch(/^samples: 1 of them the reference has too/);
  });

  test('has no verdict on a few events, and takes weighted ones', () => {
    const few = makeReport({ events: 12 });
    const { verdict, comparisons } = against(few);
    expect(verdict).toBe('null');
    expect(comparisons[0]).toMatchObject({ verdict: 'null', pValue: null, sigma: null });
    expect(comparisons[0]!.reason).toBe('response delta: 12 events are too few');
    const weighted = makeReport({ events: 5000, weighted: true });
    expect(against(weighted, weighted).verdict).toBe('good');
  });

  test('of data without truth compares context and spectrum', () => {
    const data = makeReport({ events: 2000, truth: false });
    expect(against(data, data).comparisons.map(({ variable }) => variable)).toEqual(['H_T', 'abs_deta', 'reco']);
  });

  test('refuses other pipelines, weights and bins in one line', async () => {
    const complaint = async (change: Partial<Report>) => {
      const { exitCode, message } = await problemOf(() => against(now, change));
      expect(exitCode).toBe(3);
      return message;
    };
    expect(await complaint({ pipeline: 'jets' })).toBe(
      'reference before.json: is a report of pipeline jets, this is dilepton; give one of the same',
    );
    expect(await complaint({ weight: 'w' })).toBe(
      'reference before.json: is weighted with w, this report counts every event 1; replay with the same weight',
    );
    const { axis, series } = response(now);
    const other = { axis: { ...axis, edges: axis.edges.map((edge) => edge + 0.0001) }, series };
    expect(await complaint({ distributions: { ...now.distributions, response: other } })).toBe(
      'reference before.json: bins delta differently; replay its sample with this pipeline',
    );
  });
});
