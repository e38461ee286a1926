import { describe, expect, test } from 'vitest';
import { histogram } from '../../../operators/summaries/histogram.js';
import { moments } from '../../../operators/summaries/moments.js';
import type { WatchConfig } from '../../../operators/checks/watch.js';
import { watchedWindow, windowRows } from '../../../runtime/report/window_rows.js';

/** Window and regime of each event, and its response: two windows of two regimes; the second window has one event. */
const events: readonly (readonly [window: number, regime: number, delta: number])[] = [
  ...[0.1, 0.2, 0.3].map((x) => [0, 0, x] as const),
  ...[-0.5, 0.5].map((x) => [0, 1, x] as const),
  [1, 1, 0.25],
];
const REGIMES = 2;
const groups = { groups: 4, weighted: false };
const rows = {
  length: events.length,
  columns: [Float64Array.from(events, ([, , x]) => x)],
  group: Uint16Array.from(events, ([w, r]) => w * REGIMES + r),
  weight: null,
};
const bias = moments.create({ ...groups, wide: false });
const widths = histogram.create({ ...groups, bins: [200, -1, 1] });
moments.fill(bias, rows);
moments.settle(bias);
histogram.fill(widths, rows);
histogram.settle(widths);
const bounds = { low: [-1, -2], high: [1, 2] };
const made = windowRows({ bias, core: bias, widths, pull: null, bounds }, [7, 9], REGIMES);

describe('rows of windows', () => {
  test('number, events and shares', () => {
    expect(made.map(({ number, n }) => [number, n])).toEqual([
      [7, 5],
      [9, 1],
    ]);
    expect(made.map(({ regimes }) => regimes.map(({ regime, n, share }) => [regime, n, share]))).toEqual([
      [
        [0, 3, 3 / 5],
        [1, 2, 2 / 5],
      ],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    ]);
  });

  test('mean and its error s / √n, of a regime and of the window', () => {
    const [first, second] = made;
    // 0.1, 0.2, 0.3: s = 0.1.
    expect(first!.regimes[0]!.bias.value).toBeCloseTo(0.2, 9);
    expect(first!.regimes[0]!.bias.error).toBeCloseTo(0.1 / Math.sqrt(3), 8);
    expect(first!.core.value).toBeCloseTo(0.6 / 5, 9);
    expect(second!.core.value).toBeCloseTo(0.25, 9);
    expect(second!.regimes[0]!.bias).toMatchObject({ value: null, error: null });
  });

  test('the pull is there only where there is a local model', () => {
    expect(made[0]!.regimes[0]).not.toHaveProperty('pullMean');
    const [row] = windowRows({ bias, core: bias, widths, pull: bias, bounds }, [7, 9], REGIMES);
    expect(row!.regimes[0]!.pullMean).toEqual(row!.regimes[0]!.bias);
  });

  test('a core that left its bounds wholly is not known to error 0: the range by n + 1', () => {
    const left = moments.create({ groups: 2, weighted: false, wide: false });
    const at = { length: 9, columns: [new Float64Array(9).fill(-2)], group: new Uint16Array(9).fill(1), weight: null };
    moments.fill(left, at);
    const [row] = windowRows({ bias: left, core: left, widths, pull: null, bounds }, [7], REGIMES);
    expect(row!.regimes[1]!.core).toEqual({ value: -2, error: expect.closeTo(4 / 10, 12) as number });
    expect(row!.core).toEqual(row!.regimes[1]!.core);
    expect(row!.regimes[1]!.bias.error).toBe(0);
  });

  test('a window without events has no shares', () => {
    const none = moments.create({ groups: 2, weighted: false, wide: false });
    const empty = histogram.create({ groups: 2, weighted: false, bins: [10, -1, 1] });
    const [row] = windowRows({ bias: none, core: none, widths: empty, pull: null, bounds }, [3], REGIMES);
    expect(row!.regimes.map(({ n, share }) => [n, share])).toEqual([
      [0, null],
      [0, null],
    ]);
  });
});

test('what the checks see: the core for the bias, by regime and quantity; null where nothing is known', () => {
  const watched = [
    { regime: 1, quantity: 'bias' },
    { regime: 0, quantity: 'sigma68' },
    { regime: 0, quantity: 'pull' },
  ].map((each) => ({ ...each, subject: '', tolerance: 1 }));
  const row = { ...made[0]!, regimes: made[0]!.regimes.map((each) => ({ ...each, core: { value: 42, error: 1 } })) };
  const seen = watchedWindow({ watched } as unknown as WatchConfig, row, 5);
  expect(seen.window).toBe(5);
  expect(seen.values[0]).toEqual({ value: 42, error: 1, n: 2 });
  expect(seen.values[1]).toEqual({ value: row.regimes[0]!.sigma68.value, error: row.regimes[0]!.sigma68.error, n: 3 });
  expect(seen.values[2]).toEqual({ value: null, error: null, n: 3 });
  expect(seen.shares).toEqual({ w: [3, 2], w2: null });
});
