import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hashKey } from '../../../operators/hash.js';
import { loadPipeline, type LoadedPipeline } from '../../../runtime/pipeline_file.js';
import { countsOf } from '../../../runtime/watch/counts.js';
import { watchFacts } from '../../../runtime/watch/watch_facts.js';
import type { Watcher } from '../../../runtime/watch/watch.js';
import type { WindowReport } from '../../../schemas/window_report.js';
import { scratch } from '../../support/scratch.js';
import { watched } from '../../support/watch.js';

const folder = scratch();
const pipeline = new URL('../../../pipelines/dilepton.yaml', import.meta.url).pathname;
const SAMPLES = ['generator:9000?seed=5&high_pt=0.5', 'generator:4000?seed=6&high_pt=0.5'];

let loaded: LoadedPipeline;
let whole: Awaited<ReturnType<typeof watched>>;
beforeAll(async () => {
  loaded = await loadPipeline(pipeline, [
    ...['response.bins=[400, -1, 1]', 'spectrum.bins=[12, 60, 120]', 'context.H_T.bins=[20, 0, 4000]', 'weight=none'],
    ...['window={ events: 1000 }', 'online={ learn: 2, every: 2 }', 'local_model.verdict=declared'],
  ]);
  whole = await watched(loaded, SAMPLES);
});

/** Ends a run like `kill -9`: the error leaves everything as it is. */
class Killed extends Error {}

test.each([1, 2, 3, 4])('killed anywhere, again and again, it gives the same reports, each once (%i)', async (seed) => {
  const state = { folder: join(folder, String(seed)), everyMs: 20 };
  mkdirSync(state.folder);
  const reports: WindowReport[] = [];
  let summary: unknown = null;
  let [runs, draws, shown] = [0, 0, 0];
  for (; summary === null; runs++) {
    let left = 3 + (hashKey(seed, draws++, 0) % 12);
    let watcher: Watcher | null = null;
    let now = 0;
    try {
      const ended = await watched(loaded, SAMPLES, {
        ...{ state, clock: () => now++, sliceEvents: () => 1 + (hashKey(seed, draws++, 1) % 900) },
        onWatcher: (made) => void (watcher = made),
        onReport: (report) => void reports.push(report),
        onProgress: () => {
          const { events } = watchFacts(watcher!, now);
          // What is shown as a counter never goes back, however little of it the crash has left.
          expect(events.read).toBeGreaterThanOrEqual(shown);
          expect(countsOf(watcher!).read).toBeGreaterThanOrEqual(events.read);
          shown = events.read;
          if (left-- === 0) throw new Killed();
        },
      });
      ({ summary } = ended);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    if (runs > 100) throw new Error('it does not come to its end');
  }
  expect(runs).toBeGreaterThan(1);
  expect(reports.map(({ chain }) => chain)).toEqual(whole.reports.map(({ chain }) => chain));
  expect(summary).toEqual(whole.summary);
});

test('a state of other samples, or of another pipeline, is refused', async () => {
  const state = { folder: join(folder, 'other'), everyMs: 1 };
  mkdirSync(state.folder);
  await watched(loaded, SAMPLES, { state });
  await expect(watched(loaded, [SAMPLES[0]!], { state })).rejects.toThrow(/is of other samples; give these another/);
  const other = await loadPipeline(pipeline, ['weight=none', 'window={ events: 2000 }']);
  await expect(watched(other, SAMPLES, { state })).rejects.toThrow(/belongs to pipeline/);
});

test('a stream that was ended by a signal goes on', async () => {
  const state = { folder: join(folder, 'signal'), everyMs: 1e9 };
  mkdirSync(state.folder);
  const ending = new AbortController();
  const first = await watched(loaded, SAMPLES, {
    ...{ state, signal: ending.signal, sliceEvents: () => 700 },
    onProgress: ({ window }) => {
      if (window === 5) ending.abort();
    },
  });
  expect(first.summary).toBeNull();
  const second = await watched(loaded, SAMPLES, { state });
  const chains = [...first.reports, ...second.reports].map(({ chain }) => chain);
  expect(chains).toEqual(whole.reports.map(({ chain }) => chain));
});
