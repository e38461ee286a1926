import { beforeAll, describe, expect, test } from 'vitest';
import { widths } from '../../../operators/response/widths.js';
import type { HistogramState } from '../../../operators/summaries/histogram.js';
import { noZoom } from '../../../operators/summaries/quantile.js';
import { unionOf } from '../../../operators/summaries/regroup.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { contextProfile } from '../../../runtime/live/window_profile.js';
import { regimeRows } from '../../../runtime/live/window_response.js';
import { stateOf } from '../../../runtime/report/pages.js';
import { arrived, bookOf, modelsOf, range } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const WIDTH = 400;
const loaded = basePipeline('weight=none');
const { pipeline } = loaded;
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 2000));
});

describe('the profile along the context', () => {
  test('adds up to the window, bin by bin, with the mean of the core', () => {
    const book = bookOf(loaded, models, range(0, WIDTH));
    const profile = contextProfile(pipeline, models, book);
    const all = regimeRows(pipeline, models, book);
    type Each = readonly { n: number; value: number | null }[];
    const mean = (each: Each) => each.reduce((sum, { n, value }) => sum + n * (value ?? 0), 0) / WIDTH;
    for (const variable of ['H_T', 'abs_deta']) {
      const rows = profile.filter((row) => row.variable === variable);
      expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(WIDTH);
      rows.slice(1).forEach(({ low }, i) => {
        expect(low).toBe(rows[i]!.high);
      });
      const of = (estimate: (row: (typeof rows)[number]) => number | null) =>
        mean(rows.map((row) => ({ n: row.n, value: estimate(row) })));
      const ofRegimes = (estimate: (row: (typeof all)[number]) => number | null) =>
        mean(all.map((row) => ({ n: row.n, value: estimate(row) })));
      expect(of(({ core }) => core.value)).toBeCloseTo(
        ofRegimes(({ core }) => core!.value),
        12,
      );
      expect(of(({ corrected }) => corrected!.value)).toBeCloseTo(
        ofRegimes(({ corrected }) => corrected!.core.value),
        12,
      );
      expect(of(({ pullMean }) => pullMean!.value)).toBeCloseTo(
        ofRegimes(({ pullMean }) => pullMean!.value),
        12,
      );
    }
    expect(profile[0]).toMatchObject({ variable: 'H_T', low: 0, high: 50 });
    expect(profile.filter(({ variable, high }) => variable === 'H_T' && high === null)).toHaveLength(1);
  });

  test('has in each bin the events of the bin, and their sigma68', () => {
    const { chunk } = arrived(loaded, [0, range(0, 1500)]);
    const book = bookOf(loaded, models, range(0, 1500));
    const rows = contextProfile(pipeline, models, book).filter(({ variable }) => variable === 'H_T');
    const h = [...chunk.columns.get('H_T')!];
    for (const { low, high, n } of rows)
      expect(n).toBe(h.filter((x) => x >= (low ?? -Infinity) && x < (high ?? Infinity)).length);
    // All events in one bin: as the histogram of all regimes together has it.
    const wide = basePipeline('weight=none', 'context.H_T.report=[0, 1000]');
    const one = contextProfile(wide.pipeline, models, bookOf(wide, models, range(0, 1500)));
    const whole = unionOf(stateOf<HistogramState>(book, 'widths'));
    expect(one[0]!.sigma68!.value).toBeCloseTo(widths(whole, noZoom(whole), 0, 1500).sigma68.value!, 12);
  });

  test('has σ68 after the correction, that of the corrected response', () => {
    expect(models.correction).not.toBeNull();
    const wide = basePipeline('weight=none', 'context.H_T.report=[0, 1000]');
    const book = bookOf(wide, models, range(0, 1500));
    const [one] = contextProfile(wide.pipeline, models, book);
    const whole = unionOf(stateOf<HistogramState>(book, 'corrected:widths'));
    const expected = widths(whole, noZoom(whole), 0, 1500).sigma68;
    expect(one!.correctedSigma68!.value).toBeCloseTo(expected.value!, 12);
    expect(one!.correctedSigma68!.error).toBeCloseTo(expected.error!, 12);
    expect(one!.correctedSigma68!.value).not.toBe(one!.sigma68!.value);
    const raw = { ...models, correction: null };
    const rows = contextProfile(wide.pipeline, raw, bookOf(wide, raw, range(0, 100)));
    expect(rows.some((row) => 'correctedSigma68' in row)).toBe(false);
    expect(rows[0]!.corrected).toEqual(rows[0]!.core);
  });

  test('of a bin whose events have all left the core is not known to error 0', () => {
    const gone = { ...models, core: { low: [-1.0005, -1.0005], high: [-0.9995, -0.9995] } };
    for (const { n, core } of contextProfile(pipeline, gone, bookOf(loaded, gone, range(0, WIDTH)))) {
      if (n > 1) expect(core.error).toBeCloseTo(0.001 / (n + 1), 12);
    }
  });

  test('of no events has counts of 0, and says why there is no more', () => {
    const profile = contextProfile(pipeline, models, bookOf(loaded, models, []));
    expect(profile.length).toBeGreaterThan(0);
    for (const { n, core, sigma68, corrected, correctedSigma68 } of profile) {
      expect([n, core.reason]).toEqual([0, 'no events']);
      for (const { value } of [core, sigma68!, corrected!, correctedSigma68!]) expect(value).toBeNull();
    }
  });

  test('without a local model has no pulls, without a response nothing', async () => {
    const without = { ...models, judge: null };
    const profile = contextProfile(pipeline, without, bookOf(loaded, without, range(0, 100)));
    expect(profile.some((row) => 'pullMean' in row)).toBe(false);
    const bare = basePipeline('response=none', 'correction=none', 'weight=none');
    const counted = await modelsOf(bare, range(0, 500));
    expect(contextProfile(bare.pipeline, counted, bookOf(bare, counted, range(0, 100)))).toEqual([]);
  });
});
