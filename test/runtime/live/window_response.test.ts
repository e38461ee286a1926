import { beforeAll, describe, expect, test } from 'vitest';
import type { CorrectionModel } from '../../../operators/correction/correction_model.js';
import { fillBook, openBook, settleBook } from '../../../operators/summaries/book.js';
import { liveModels, type LiveModels } from '../../../runtime/live/live_models.js';
import { windowBookEntries, windowRowMaker, type Applied } from '../../../runtime/live/window_book.js';
import { regimeRows } from '../../../runtime/live/window_response.js';
import { localitySection } from '../../../runtime/report/locality.js';
import { timelineSection } from '../../../runtime/report/timeline.js';
import type { Findings } from '../../../runtime/report/build.js';
import type { TimelineReport } from '../../../schemas/report.js';
import { arrived, bookOf, findingsOf, modelsOf, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 400;
const loaded = basePipeline(`window={ events: ${WIDTH} }`, 'weight=none');
const { pipeline } = loaded;
let found: Findings;
let models: LiveModels;
let timeline: TimelineReport;
beforeAll(async () => {
  found = await findingsOf(loaded, range(0, 5 * WIDTH));
  models = liveModels(found);
  ({ timeline } = timelineSection(pipeline, found.fit.map, found.local!)!);
});

test('is the row of the same window in a replay of the same events', () => {
  expect(timeline.windows).toHaveLength(5);
  expect(models.judge).toBe('learned');
  for (const { number, n, regimes } of timeline.windows) {
    const rows = regimeRows(pipeline, models, bookOf(loaded, models, range(number * WIDTH, (number + 1) * WIDTH)));
    expect(n).toBe(WIDTH);
    expect(
      rows.map(({ regime, n, share, bias, core, sigma68, pullMean }) => ({
        regime,
        n,
        share,
        bias,
        core,
        sigma68,
        pullMean,
      })),
    ).toEqual(regimes);
  }
});

test('the pull width is that of the locality test of the same events', () => {
  const book = bookOf(loaded, models, range(0, 5 * WIDTH));
  const rows = regimeRows(pipeline, models, book);
  const { regimes } = localitySection(pipeline, found.fit.map, found.local!, [])!;
  rows.forEach(({ pullWidth, tail, sigma68 }, regime) => {
    expect(pullWidth).toEqual(regimes[regime]!.pullWidth);
    expect(tail!.value).toBeLessThan(0.05);
    expect(tail!.low!).toBeLessThanOrEqual(tail!.value!);
    expect(tail!.high!).toBeGreaterThan(tail!.value!);
    expect(sigma68!.value).toBeGreaterThan(0);
  });
});

test('of no events: nothing but counts of 0, and why there is no more', () => {
  const book = bookOf(loaded, models, []);
  for (const { n, share, bias, sigma68, tail, pullWidth, corrected } of regimeRows(pipeline, models, book)) {
    expect([n, share, bias!.value, sigma68!.value, corrected!.core.value]).toEqual([0, null, null, null, null]);
    expect(tail).toEqual({ value: null, low: null, high: null });
    expect(pullWidth).toEqual({ value: null, error: null, reason: 'no events' });
    expect(bias!.reason).toBeDefined();
  }
});

describe('the core of the corrected response', () => {
  const applied = (correction: CorrectionModel | null): Applied => ({
    ...{ from: 0, version: 'v', map: models.map, correction },
  });
  const rowsWith = (correction: CorrectionModel | null) => {
    const entries = windowBookEntries(pipeline, models);
    const book = openBook(entries);
    const { chunk } = arrived(loaded, [0, range(0, 2000)]);
    fillBook(book, entries, windowRowMaker(pipeline, models, entries)(chunk, applied(correction)));
    settleBook(book);
    return regimeRows(pipeline, models, book);
  };

  test('without a correction is the core of the response, to the bit', () => {
    for (const { core, bias, median, sigma68, corrected } of rowsWith(null))
      expect(corrected).toEqual({ core, bias, median, sigma68 });
  });

  test('with the one that was fitted to these events is 0 within its error, and the raw one is not', () => {
    const { model } = found.corrected!.fit;
    for (const { core, corrected } of rowsWith(model)) {
      expect(Math.abs(core!.value!)).toBeGreaterThan(10 * core!.error!);
      expect(Math.abs(corrected!.core.value!)).toBeLessThan(2 * corrected!.core.error!);
    }
  });
});

test('without a response: counts and shares', async () => {
  const bare = basePipeline('response=none', 'correction=none', 'weight=none');
  const counted = await modelsOf(bare, range(0, 500));
  expect([counted.core, counted.judge, counted.step, counted.correction]).toEqual([null, null, null, null]);
  const book = bookOf(bare, counted, range(0, 100));
  const rows = regimeRows(bare.pipeline, counted, book);
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(100);
  expect(rows.every((row) => !('bias' in row) && row.share === row.n / 100)).toBe(true);
});

test('with a spectrum: its peak', () => {
  const peaked = basePipeline('weight=none', 'spectrum={ reco: sum_reco, truth: sum_truth, bins: [20, 0, 400] }');
  const rows = regimeRows(peaked.pipeline, models, bookOf(peaked, models, range(0, 500)));
  expect(rows.every(({ peak }) => peak!.value! > 0 && peak!.value! < 400)).toBe(true);
});
