import { beforeAll, expect, test } from 'vitest';
import { coreBounds, coreRanges, widestCore } from '../../runtime/core_bounds.js';
import { DELTA, REGIME } from '../../runtime/observations.js';
import { rowMaker } from '../../runtime/derive.js';
import type { Findings } from '../../runtime/report/build.js';
import { arrived, findingsOf, range } from '../support/live_events.js';
import { basePipeline } from '../support/stage.js';

const loaded = basePipeline('weight=none', 'response.bins=[4000, -1, 1]');
let found: Findings;
beforeAll(async () => {
  found = await findingsOf(loaded, range(0, 1500));
});

/** Quantile of a sorted sample (Hyndman and Fan 1996, type 7). */
const quantile = (x: readonly number[], p: number): number => {
  const at = (x.length - 1) * p;
  const below = Math.floor(at);
  return x[below]! + (at - below) * ((x[below + 1] ?? x[below]!) - x[below]!);
};

test('are the median of each regime ± 2.5 σ68, as its sorted response has them', () => {
  const { low, high } = coreBounds(found.fit.map, found.observed, found.zoomed);
  const rows = rowMaker(loaded.pipeline, found.fit.map)(arrived(loaded, [0, range(0, 1500)]).chunk);
  const [delta, regime] = [rows.columns.get(DELTA)!, rows.groups.get(REGIME)!];
  expect(low).toHaveLength(2);
  for (const r of [0, 1]) {
    const x = [...delta.subarray(0, 1500)].filter((_, i) => regime[i] === r).sort((a, b) => a - b);
    const median = quantile(x, 0.5);
    const sigma68 = (quantile(x, 0.8413447460685429) - quantile(x, 0.15865525393145707)) / 2;
    // A percent of σ68 for how quantiles between two events are defined.
    expect(Math.abs(low[r]! - (median - 2.5 * sigma68))).toBeLessThan(0.05 * sigma68);
    expect(Math.abs(high[r]! - (median + 2.5 * sigma68))).toBeLessThan(0.05 * sigma68);
  }
});

test('are so far apart, by regime and at most', () => {
  const bounds = { low: [-0.02, -0.1], high: [0.03, 0.1] };
  expect(coreRanges(bounds)).toEqual([0.05, 0.2]);
  expect([widestCore(bounds), widestCore(null)]).toEqual([0.2, 0]);
});
