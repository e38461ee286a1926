import { beforeAll, describe, expect, test } from 'vitest';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { analyse } from '../../../runtime/analyse.js';
import { readSamples } from '../../../runtime/read_samples.js';
import { prepareSamples } from '../../../runtime/samples.js';
import type { Report, TimelineReport } from '../../../schemas/report.js';
import { crewOf, lasting, settings } from '../../support/replay.js';

const FILE = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
/** Twenty windows of 1,000 events; few bins and knots, since most of the time goes into them. */
const LIGHT = [
  ...['weight=none', 'spectrum=none', 'correction=none', 'window={ events: 1000 }', 'regimes.count=2'],
  ...['context.H_T.bins=[40, 0, 4000]', 'context.abs_deta.bins=[10, 0, 10]', 'response.bins=[800, -1, 1]'],
  ...['local_model.knots={ pt: 5, abs_eta: 3 }', 'danger_zone.replicates=50', 'checks.learn=6', 'checks.least=50'],
];
const EVENTS = 20_000;
const CHANGE = 12_000;
const PATIENCE = 120_000;
const DRIFT = ['fast_reconstruction.context.pt_scale=0.02', `fast_reconstruction.from_event=${CHANGE}`];

/** Samples of an event range each: [path, from, to]. */
type Piece = readonly [path: string, from: number, to: number];

async function replayed(loaded: LoadedPipeline, pieces: readonly Piece[], shards = 1): Promise<Report> {
  const options = settings();
  const samples = (
    await Promise.all(pieces.map(([path, from, to]) => prepareSamples(loaded, [path], { from, to })))
  ).map(([sample], index) => ({ ...sample!, bind: { ...sample!.bind, index } }));
  const crew = crewOf(shards, loaded, samples, options);
  return analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
}

const generated = (share: number, seed = 1): string => `generator:${EVENTS}?seed=${seed}&high_pt=${share}`;
const alarmed = ({ checks }: TimelineReport) => checks.filter(({ alarms }) => alarms.length > 0);

describe('a stable stream', () => {
  let timeline: TimelineReport;
  let report: Report;

  beforeAll(async () => {
    report = await replayed(await loadPipeline(FILE, LIGHT), [[generated(0.3), 0, EVENTS]]);
    timeline = report.timeline!;
  }, PATIENCE);

  test('has a row of every window, whose regimes add up to it', () => {
    expect(timeline.window).toBe('1000 events, by event number');
    expect(timeline.windows.map(({ number }) => number)).toEqual([...Array(20).keys()]);
    for (const { n, regimes, core } of timeline.windows) {
      expect(regimes.reduce((sum, row) => sum + row.n, 0)).toBe(n);
      expect(regimes.reduce((sum, row) => sum + row.share!, 0)).toBeCloseTo(1, 12);
      const mean = regimes.reduce((sum, row) => sum + row.n * row.core.value!, 0) / n;
      expect(core.value).toBeCloseTo(mean, 12);
    }
    expect(timeline.windows.reduce((sum, { n }) => sum + n, 0)).toBe(report.events.used);
  });

  test('has every check of every quantity in every regime, and those of the shares; none alarms', () => {
    expect(timeline.runLength).toMatchObject({ wanted: 500, checks: 13, k: 1, learn: 6 });
    expect(timeline.checks).toHaveLength(13);
    for (const { statistic, threshold } of timeline.checks) {
      expect(statistic).toHaveLength(20);
      expect(Math.max(...statistic)).toBeLessThan(threshold);
    }
    expect(alarmed(timeline)).toEqual([]);
  });

  test('is of good quality, and has changed in neither way', () => {
    expect(report.quality!.map(({ verdict }) => verdict)).toEqual(['good', 'good']);
    expect(report.quality![0]!.why).toMatch(/: no change of bias, sigma68 or pull beyond tolerance$/);
    expect(timeline.change).toMatchObject({ found: null, verdict: 'neither', at: 10, index: 10 });
    const { total, mix, response } = timeline.change!;
    expect(total.value).toBeCloseTo(mix.value + response.value, 12);
  });
});

describe('a response that drifts', () => {
  let loaded: LoadedPipeline;
  let report: Report;

  beforeAll(async () => {
    loaded = await loadPipeline(FILE, [...LIGHT, ...DRIFT]);
    report = await replayed(loaded, [[generated(0.3), 0, EVENTS]]);
  }, PATIENCE);

  test('is found within two windows, and called a change inside the regimes', () => {
    const { change } = report.timeline!;
    expect(change).toMatchObject({ verdict: 'response', reason: 'δ changed inside the regimes, their shares did not' });
    expect(change!.at).toBe(12);
    expect(change!.found).toBeLessThanOrEqual(13);
    expect(change!.response.value).toBeCloseTo(0.02, 2);
    expect(change!.before.windows + change!.after.windows).toBe(20);
  });

  test('raises alarms of bias and pull with the size of the change, and the quality is bad', () => {
    const found = alarmed(report.timeline!);
    expect(new Set(found.map(({ quantity }) => quantity))).toEqual(new Set(['bias', 'pull']));
    for (const { alarms, quantity } of found) {
      // A check may be cleared for a window and raised again; at the end all are on.
      expect(alarms.at(-1)!.cleared).toBeNull();
      // The first windows of a weak excursion are before the change, and a core that is shifted is cut more.
      const { value } = alarms.at(-1)!.change;
      if (quantity === 'bias') expect([value! > 0.012, value! < 0.022]).toEqual([true, true]);
    }
    expect(report.quality!.map(({ verdict }) => verdict)).toEqual(['bad', 'bad']);
    expect(report.quality![0]!.why).toMatch(/change of (bias|mean pull) 0\.\d+ ± .* beyond the tolerance/);
  });

  test('is the same for one shard and three, to the bit', async () => {
    expect(lasting(await replayed(loaded, [[generated(0.3), 0, EVENTS]], 3))).toEqual(lasting(report));
  });
});

describe('a mix that changes', () => {
  const pieces: Piece[] = [
    [generated(0.2), 0, CHANGE],
    [generated(0.6, 2), CHANGE, EVENTS],
  ];

  test('is called so, though the context moves inside the regimes and σ68 with it', async () => {
    const loaded = await loadPipeline(FILE, LIGHT);
    const report = await replayed(loaded, pieces);
    const { change, checks } = report.timeline!;
    expect(change).toMatchObject({ verdict: 'mix', at: 12, found: 12 });
    expect(change!.reason).toMatch(/^the shares of the regimes changed, δ inside them did not/);
    expect(checks.find(({ check }) => check === 'share_drift')!.alarms).toHaveLength(1);
    expect(lasting(await replayed(loaded, pieces, 2))).toEqual(lasting(report));
  });

  test('together with the response is called both', async () => {
    const report = await replayed(await loadPipeline(FILE, [...LIGHT, ...DRIFT]), pieces);
    expect(report.timeline!.change).toMatchObject({ verdict: 'both', at: 12 });
  });

  test('without a local model is taken for both where σ68 follows the context', async () => {
    const report = await replayed(await loadPipeline(FILE, [...LIGHT, 'objects=none', 'local_model={}']), pieces);
    expect(report.timeline!.model).toBeNull();
    expect(report.timeline!.change!.mix.value).not.toBe(0);
  });
});

test('a resolution that drifts is a change of the response', async () => {
  const wider = ['fast_reconstruction.context.pt_width=0.02', `fast_reconstruction.from_event=${CHANGE}`];
  const report = await replayed(await loadPipeline(FILE, [...LIGHT, ...wider]), [[generated(0.3), 0, EVENTS]]);
  expect(report.timeline!.change).toMatchObject({ verdict: 'response', at: 12 });
  const found = alarmed(report.timeline!).map(({ quantity }) => quantity);
  expect(found).toContain('sigma68');
});

test('there is none of a single window, of no windows, or without a response', async () => {
  for (const more of [['window={ events: 100000 }'], ['window=none'], ['response=none', 'window={ events: 500 }']]) {
    const loaded = await loadPipeline(FILE, [...LIGHT, ...more]);
    const report = await replayed(loaded, [['generator:2000', 0, 2000]]);
    expect([report.timeline, report.quality]).toEqual([undefined, undefined]);
  }
});
