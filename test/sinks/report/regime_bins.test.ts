import { expect, test } from 'vitest';
import { regimeBins } from '../../../sinks/report/regime_bins.js';

test('regimes stand side by side, as wide as each other, without strips', () => {
  const rows = [{ regime: 2 }, { regime: 5 }, { regime: 7 }];
  const { bins, domain, under, over, axis } = regimeBins(rows);
  expect(domain).toEqual([0, 3]);
  expect([under, over]).toEqual([null, null]);
  expect(bins.map(({ low, high, row }) => [low, high, row.regime])).toEqual([
    [0, 1, 2],
    [1, 2, 5],
    [2, 3, 7],
  ]);
  expect(axis.ticks!.map(({ label }) => label)).toEqual(['2', '5', '7']);
});
