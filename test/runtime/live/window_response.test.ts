import { beforeAll, describe, expect, test } from 'vitest';
import { liveModels, type LiveModels } from '../../../runtime/live/live_models.js';
import { contextProfile, regimeRows } from '../../../runtime/live/window_response.js';
import { timelineSection } from '../../../runtime/report/timeline.js';
import type { Findings } from '../../../runtime/report/build.js';
import type { TimelineReport } from '../../../schemas/report.js';
import { bookOf, findingsOf, modelsOf, range } from '../../support/live_events.js';
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

describe('the profile along the context', () => {
  test('adds up to the window, bin by bin, with the mean of the core', () => {
    const book = bookOf(loaded, models, range(0, WIDTH));
    const profile = contextProfile(pipeline, models, book);
    for (const variable of ['H_T', 'abs_deta']) {
      const rows = profile.filter((row) => row.variable === variable);
      expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(WIDTH);
      rows.slice(1).forEach(({ low }, i) => {
        expect(low).toBe(rows[i]!.high);
      });
      const all = regimeRows(pipeline, models, book);
      const mean = (each: readonly { n: number; core?: { value: number | null } | undefined }[]) =>
        each.reduce((sum, { n, core }) => sum + n * (core?.value ?? 0), 0) / WIDTH;
      expect(mean(rows)).toBeCloseTo(mean(all), 12);
    }
    const [first] = profile;
    expect(first).toMatchObject({ variable: 'H_T', low: 0, high: 50 });
    expect(profile.filter(({ variable, high }) => variable === 'H_T' && high === null)).toHaveLength(1);
  });
});

test('of no events: nothing but counts of 0, and why there is no more', () => {
  const book = bookOf(loaded, models, []);
  for (const { n, share, bias, sigma68 } of regimeRows(pipeline, models, book)) {
    expect([n, share, bias!.value, sigma68!.value]).toEqual([0, null, null, null]);
    expect(bias!.reason).toBeDefined();
  }
  expect(contextProfile(pipeline, models, book).every(({ n, core }) => n === 0 && core.value === null)).toBe(true);
});

test('without a response: counts and shares', async () => {
  const bare = basePipeline('response=none', 'correction=none', 'weight=none');
  const counted = await modelsOf(bare, range(0, 500));
  expect([counted.core, counted.judge, counted.step, counted.correction]).toEqual([null, null, null, null]);
  const book = bookOf(bare, counted, range(0, 100));
  const rows = regimeRows(bare.pipeline, counted, book);
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(100);
  expect(rows.every((row) => !('bias' in row) && row.share === row.n / 100)).toBe(true);
  expect(contextProfile(bare.pipeline, counted, book)).toEqual([]);
});

test('with a spectrum: its peak', () => {
  const peaked = basePipeline('weight=none', 'spectrum={ reco: sum_reco, truth: sum_truth, bins: [20, 0, 400] }');
  const rows = regimeRows(peaked.pipeline, models, bookOf(peaked, models, range(0, 500)));
  expect(rows.every(({ peak }) => peak!.value! > 0 && peak!.value! < 400)).toBe(true);
});
