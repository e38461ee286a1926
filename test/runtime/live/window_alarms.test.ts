import { describe, expect, test } from 'vitest';
import { alarmsIn, openWatch, watchWindow, type WatchState } from '../../../operators/checks/watch.js';
import { alarmsOf, seenBy } from '../../../runtime/live/window_alarms.js';
import type { regimeRows } from '../../../runtime/live/window_response.js';
import { watchConfig } from '../../../runtime/watch_config.js';
import { basePipeline } from '../../support/stage.js';

const { pipeline } = basePipeline('checks={ learn: 4, least: 20, run_length: 100 }');
const config = watchConfig(pipeline, ['low', 'high'], true);
const rowsOf = (n: readonly number[], core: readonly number[]): ReturnType<typeof regimeRows> =>
  n.map((events, regime) => ({
    ...{ regime, label: `${regime}`, n: events, share: events / 1000 },
    ...{ bias: { value: 9, error: 9 }, core: { value: core[regime]!, error: 0.001 } },
    ...{ sigma68: { value: 0.02, error: 0.001 }, pullMean: { value: 0.1, error: 0.05 } },
  }));

test('the checks see the core, the width and the mean pull of each regime, and the shares', () => {
  const seen = seenBy(openWatch(config), 7, rowsOf([600, 400], [0.01, 0.02]));
  expect(seen.window).toBe(7);
  expect(seen.values.map(({ value, n }) => [value, n])).toEqual([
    ...[0.01, 0.02, 0.1].map((value) => [value, 600]),
    ...[0.02, 0.02, 0.1].map((value) => [value, 400]),
  ]);
  expect([...Array.from(seen.shares.w)]).toEqual([600, 400]);
});

describe('alarms', () => {
  const after = (shift: number, shares: readonly number[], windows = 6): WatchState => {
    let watch = openWatch(config);
    for (let window = 0; window < 6 + windows; window++) {
      // One after the other above and below the mean, as noise is.
      const noise = window % 2 === 0 ? 0.0005 : -0.0005;
      const rows = window < 6 ? rowsOf([600, 400], [noise, noise]) : rowsOf(shares, [noise, noise + shift]);
      watch = watchWindow(watch, seenBy(watch, window, rows));
    }
    return watch;
  };

  test('none where nothing changes', () => {
    expect(alarmsOf(after(0, [600, 400]))).toEqual([]);
  });

  test('of a shift: check, regime, since when and by how much', () => {
    const watch = after(0.02, [600, 400]);
    const found = alarmsOf(watch);
    expect([...new Set(found.map(({ check, quantity }) => `${check} ${quantity}`))].sort()).toEqual(
      alarmsIn(watch).sort(),
    );
    const bias = found.filter(({ quantity }) => quantity === 'bias');
    expect(bias.length).toBeGreaterThan(0);
    for (const { regime, since, statistic, threshold, change } of bias) {
      expect([regime, since]).toEqual([1, 6]);
      expect(statistic).toBeGreaterThan(threshold);
      expect(change.value).toBeCloseTo(0.02, 2);
      expect(change.error).toBe(0.001);
    }
  });

  test('of the shares: of all regimes, by no one number', () => {
    const [alarm, ...others] = alarmsOf(after(0, [300, 700]));
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ check: 'share_drift', quantity: 'share', regime: 'all', since: 6 });
    expect(alarm!.change.reason).toBe('of several shares');
  });

  test('in a window of too few events the change is not known, and says so', () => {
    const watch = after(0.02, [600, 400]);
    const few = watchWindow(watch, seenBy(watch, 12, rowsOf([600, 5], [0, 0.02])));
    const bias = alarmsOf(few).filter(({ quantity, regime }) => quantity === 'bias' && regime === 1);
    expect(bias[0]!.change).toEqual({ value: null, error: null, reason: 'too few events in this window' });
  });
});
