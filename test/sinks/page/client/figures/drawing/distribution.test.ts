import { expect, it } from 'vitest';
import {
  countRatio,
  cutDistribution,
  shapeChiSquare,
  sumDistributions,
} from '../../../../../../sinks/page/client/figures/drawing/distribution.js';
import { viewOf } from '../page_figures.js';

const reports = viewOf().windows.map(({ report }) => report);

it('sums the counts of windows and regimes, and loses no event when it is cut', () => {
  const all = sumDistributions(reports.slice(0, 3), null, 'raw')!;
  expect(all.n).toBe(4500);
  expect(all.under + all.over + all.counts.reduce((sum, n) => sum + n, 0)).toBe(4500);
  const cut = cutDistribution(all, 10, 40);
  expect(cut.counts).toHaveLength(30);
  expect(cut.low).toBeCloseTo(all.low + 10 * all.width, 12);
  expect(cut.under + cut.over + cut.counts.reduce((sum, n) => sum + n, 0)).toBe(4500);
});

it('has the ratio of two counts with the error of both', () => {
  const { value, error } = countRatio(50, 100, 0.4)!;
  expect(value).toBeCloseTo(1.25, 12);
  expect(error).toBeCloseTo(1.25 * Math.sqrt(1 / 50 + 1 / 100), 12);
  expect(countRatio(0, 10, 1)).toBeNull();
});

it('compares shapes: χ² near its degrees of freedom for one shape, far above for a shifted one', () => {
  const early = sumDistributions(reports.slice(0, 5), null, 'raw')!;
  const late = sumDistributions(reports.slice(5, 11), null, 'raw')!;
  const bad = sumDistributions(reports.slice(13, 19), null, 'raw')!;
  const same = shapeChiSquare(early, late)!;
  // Five standard deviations, √(2 ndf), of the χ² distribution.
  expect(Math.abs(same.chi2 - same.ndf)).toBeLessThan(5 * Math.sqrt(2 * same.ndf));
  const other = shapeChiSquare(early, bad)!;
  expect(other.chi2 - other.ndf).toBeGreaterThan(5 * Math.sqrt(2 * other.ndf));
  // By hand: counts (10, 20) and (20, 10): N = M, Σ (a − b)² / (a + b) = 100/30 + 100/30, one degree of freedom.
  const two = (a: number, b: number) => ({
    low: 0,
    width: 1,
    counts: [a, b],
    under: 0,
    over: 0,
    n: 30,
    windows: 1,
    others: 0,
  });
  const found = shapeChiSquare(two(10, 20), two(20, 10))!;
  expect(found.chi2).toBeCloseTo(200 / 30, 12);
  expect(found.ndf).toBe(1);
});
