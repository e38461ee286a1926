import { beforeAll, describe, expect, test } from 'vitest';
import { analyse } from '../../../runtime/analyse.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { readSamples } from '../../../runtime/read_samples.js';
import { prepareSamples } from '../../../runtime/samples.js';
import type { Report, TimelineReport } from '../../../schemas/report.js';
import { crewOf, lasting, settings } from '../../support/replay.js';

const FILE = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
/** Ten windows of 1,500 events and two regimes; no local model, which is a matter of its own. */
const LIGHT = [
  ...['weight=none', 'spectrum=none', 'objects=none', 'local_model={}', 'window={ events: 1500 }', 'regimes.count=2'],
  ...['context.H_T.bins=[40, 0, 4000]', 'context.abs_deta.bins=[10, 0, 10]', 'danger_zone.replicates=50'],
  ...['split={ train: 0.5, validation: 0.4, test: 0.1 }'],
];
const EVENTS = 15_000;
const PATIENCE = 120_000;
const BIASED = ['fast_reconstruction.context.pt_scale=-0.02'];

async function replayed(loaded: LoadedPipeline, shards = 1, sliceEvents = 1e9): Promise<Report> {
  const options = settings({ sliceEvents });
  const samples = await prepareSamples(loaded, [`generator:${EVENTS}?high_pt=0.3`]);
  const crew = crewOf(shards, loaded, samples, options);
  return analyse(loaded, crew, await readSamples(samples, crew, options), options, 0);
}

const onlineOf = ({ timeline }: Report): NonNullable<TimelineReport['online']> => timeline!.online!;

describe('a bias from the start, corrected as windows close', () => {
  let loaded: LoadedPipeline;
  let report: Report;

  beforeAll(async () => {
    loaded = await loadPipeline(FILE, [...LIGHT, ...BIASED, 'online={ learn: 3, every: 2, memory: cumulative }']);
    report = await replayed(loaded);
  }, PATIENCE);

  test('has a row of every window, and no version before one is learned', () => {
    const { windows, memory } = onlineOf(report);
    expect(memory).toBe('all windows so far');
    expect(windows.map(({ number }) => number)).toEqual([...Array(10).keys()]);
    for (const { version, raw, corrected } of windows.slice(0, 3)) {
      expect([version, corrected.value]).toEqual([null, raw.value]);
    }
    expect(windows.slice(3).every(({ version }) => version !== null)).toBe(true);
  });

  test('takes the bias away from the window after the first fit on', () => {
    const { windows, events } = onlineOf(report);
    expect(events[0]).toMatchObject({ window: 2, effective: 3, kind: 'fitted' });
    for (const { raw, corrected } of windows.slice(3)) {
      expect(raw.value!).toBeLessThan(-0.015);
      expect(Math.abs(corrected.value!)).toBeLessThan(0.004);
      expect(corrected.error! / raw.error!).toBeCloseTo(1, 1);
    }
  });

  test('rows are the means of the core of the same windows, and events name them in order', () => {
    const { windows, events } = onlineOf(report);
    windows.forEach(({ raw }, w) => {
      expect(raw.value).toBeCloseTo(report.timeline!.windows[w]!.core.value!, 9);
    });
    const at = events.map(({ window }) => window);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    for (const { window, effective, reason } of events) {
      expect(effective).toBeGreaterThan(window);
      expect(reason).not.toBe('');
    }
  });

  test('is the same for other shards and slices, to the bit', async () => {
    expect(lasting(await replayed(loaded, 2, 1100))).toEqual(lasting(report));
  });
});

test('the memory is told in words, and without `online` there is nothing', async () => {
  const memories = [
    ['{ sliding: 3 }', /^the last 3 windows/],
    ['{ half_life: 2 }', /^all windows, with a weight that halves .*2/],
  ] as const;
  for (const [memory, words] of memories) {
    const loaded = await loadPipeline(FILE, [...LIGHT, `online={ learn: 3, every: 3, memory: ${memory} }`]);
    expect(onlineOf(await replayed(loaded)).memory).toMatch(words);
  }
  expect((await replayed(await loadPipeline(FILE, LIGHT))).timeline!.online).toBeUndefined();
});
