import { expect, test } from 'vitest';
import { contextBins } from '../../../sinks/report/context_bins.js';
import { placeAxis } from '../../../sinks/report/place_axis.js';
import { regimeBins } from '../../../sinks/report/regime_bins.js';

const row = (low: number | null, high: number | null) => ({ low, high, n: 5 });

test('ticks stay within the bins, the domain takes the strips in', () => {
  const place = contextBins([row(0, 10), row(10, 20), row(20, null)], 600)!;
  const axis = placeAxis(place, 'H_T', 600);
  expect(axis.title).toBe('H_T');
  expect(axis.domain).toEqual([0, 21]);
  expect(Math.max(...axis.ticks!.map(({ at }) => at))).toBe(20);
});

test('regimes keep their numbers', () => {
  const axis = placeAxis(regimeBins([{ regime: 0 }, { regime: 4 }]), 'regime', 600);
  expect(axis.ticks).toEqual([
    { at: 0.5, label: '0' },
    { at: 1.5, label: '4' },
  ]);
});
