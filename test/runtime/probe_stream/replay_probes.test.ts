import { beforeAll, describe, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import { analyse } from '../../../runtime/analyse.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { readSamples } from '../../../runtime/read_samples.js';
import { prepareSamples } from '../../../runtime/samples.js';
import { reportSchema, type Report } from '../../../schemas/report.js';
import { reportMetrics } from '../../../sinks/prometheus/report_metrics.js';
import { problemOf } from '../../support/problem_of.js';
import { crewOf, lasting, settings } from '../../support/replay.js';

const pathOf = (path: string): string => new URL(`../../../${path}`, import.meta.url).pathname;
const LIGHT = ['context.H_T.bins=[40, 0, 4000]', 'spectrum.bins=[25, 50, 300]', 'window.events=30000'];
const PROBE = 'probes.lep={ card: ../models/ttbar_leptons.card.yaml, size: 2, steps: 3, rate: 0.05, per_window: 60 }';
const load = (...overrides: string[]): Promise<LoadedPipeline> =>
  loadPipeline(pathOf('pipelines/ttbar.yaml'), [...LIGHT, ...overrides]);

async function replayBy(shards: number, loaded: LoadedPipeline, sliceEvents = 1e9): Promise<Report> {
  const options = settings({ sliceEvents });
  const samples = await prepareSamples(loaded, [pathOf('samples/ttbar.parquet')]);
  const crew = crewOf(shards, loaded, samples, options);
  try {
    return await analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

let probed: LoadedPipeline;
let report: Report;
let plain: Report;
beforeAll(async () => {
  probed = await load(PROBE);
  report = await replayBy(1, probed);
  plain = await replayBy(1, await load());
}, 240_000);

test('all but the probes, and the hash of the pipeline, is the same with probes or without', () => {
  const without = ({ probes, pipelineHash, ...rest }: Report): unknown => [
    lasting({ ...rest, pipelineHash: '' }),
    probes === undefined,
    pipelineHash === plain.pipelineHash,
  ];
  const [main] = without(report) as [unknown];
  expect(main).toEqual((without(plain) as [unknown])[0]);
  expect(report.stateHash).toBe(plain.stateHash);
  expect(report.resultHash).toBe(plain.resultHash);
  expect(plain.probes).toBeUndefined();
  expect(report.pipelineHash).not.toBe(plain.pipelineHash);
  expect(reportSchema.safeParse(report).error).toBeUndefined();
});

test('the probes are the same for any number of shards and slices', async () => {
  expect((await replayBy(3, probed, 1700)).probes).toEqual(report.probes);
}, 240_000);

test('the attack fools more than the control; regimes and windows add up', () => {
  const rows = report.probes!;
  const all = rows.find(({ window, regime }) => window === null && regime === 'all')!;
  const windows = [...new Set(rows.flatMap(({ window }) => (window === null ? [] : [window])))];
  expect(windows.length).toBeGreaterThan(1);
  expect(all.sampled).toBe(all.right + all.wrong + all.unanswered + all.skipped);
  expect(all.sampled).toBeLessThanOrEqual(60 * windows.length);
  expect(all.sampled).toBeGreaterThan(150);
  expect(all.fooled.k).toBeGreaterThanOrEqual(all.random.k);
  expect(all.fooled.k).toBeGreaterThan(0);
  const sum = (of: (row: (typeof rows)[number]) => number, pick: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(pick).reduce((total, row) => total + of(row), 0);
  for (const of of [(row: (typeof rows)[number]) => row.sampled, (row: (typeof rows)[number]) => row.fooled.k]) {
    expect(sum(of, ({ window, regime }) => window === null && regime !== 'all')).toBe(of(all));
    expect(sum(of, ({ window, regime }) => window !== null && regime === 'all')).toBe(of(all));
  }
});

test('metrics carry the share fooled, the control and their difference', async () => {
  const text = await reportMetrics(report);
  const all = report.probes!.find(({ window, regime }) => window === null && regime === 'all')!;
  const labels = 'probe="lep",model="ttbar_leptons",regime="all"';
  expect(text).toContain(`probe_fooled_ratio{${labels},direction="adversarial",pipeline="ttbar"} ${all.fooled.value!}`);
  expect(text).toContain(`probe_fooled_ratio{${labels},direction="random",pipeline="ttbar"} ${all.random.value!}`);
  expect(text).toContain(`probe_excess_error_ratio{${labels},pipeline="ttbar"} ${all.difference.error!}`);
});

describe.each(['coordinate', 'evolutionary', 'minimal', 'preserving'])('attack: %s', (attack) => {
  test('runs in the stream, and fools no less than nothing', async () => {
    const { probes = [] } = await replayBy(1, await load(PROBE.replace('size: 2', `size: 2, attack: ${attack}`)));
    const all = probes.find(({ window, regime }) => window === null && regime === 'all')!;
    expect(all).toMatchObject({ attack, unanswered: 0, skipped: 0 });
    expect(all.right).toBeGreaterThan(100);
    expect(all.difference.error).toBeGreaterThan(0);
  }, 240_000);
});

test('a regressor is pushed both ways; the choice is by the hash of the identity', async () => {
  const loaded = await loadPipeline(pathOf('pipelines/dilepton.yaml'), [
    ...['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]'],
    'probes.net={ card: ../models/mass_net.card.yaml, size: 3, steps: 2, rate: 0.1, seed: 9 }',
  ]);
  const options = settings();
  const samples = await prepareSamples(loaded, ['generator:4000?seed=3&high_pt=0.3']);
  const crew = crewOf(1, loaded, samples, options);
  const { probes = [] } = await analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
  await crew[0]!.close();
  const wanted = Array.from({ length: 4000 }, (_, event) => new Uint32Array(Float64Array.of(event).buffer)).filter(
    ([lo, hi]) => hashKey(9 ^ 0x5eed_0004, lo!, hi!) < 0.1 * 2 ** 32,
  );
  expect(probes[0]).toMatchObject({ probe: 'net', model: 'mass_net', wrong: 0, sampled: wanted.length });
  expect(probes[0]!.fooled.k).toBeGreaterThan(0);
}, 240_000);

test.each([
  ['no such card', 'probes.lep.card=none.yaml', /^--set .*: probes.lep.card: card .*none.yaml: no such file$/],
  ['a card of other columns', 'probes.net.card=../models/mass_net.card.yaml', /probes.net.card: .*reco_l1_pt/],
  ['an attack that there is not', 'probes.lep={ card: x, attack: luck }', /probes.lep.attack: expected gradient or/],
])('%s: one line', async (_, override, message) => {
  const problem = await problemOf(() => load(override));
  expect(problem.exitCode).toBe(2);
  expect(problem.message).toMatch(message);
});
