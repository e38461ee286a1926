import { expect, it } from 'vitest';
import { HARD_FROM, hardPt, PT_CUT, SOFT_MEDIAN, softPt } from '../../../sources/generator/boson_pt.js';

const shares = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

it('inverts the soft spectrum: the integral of pT / (1 + pT²/a²)² is 1 − 1/(1 + pT²/a²), up to the cut', () => {
  const below = (pt: number): number => 1 - 1 / (1 + (pt / SOFT_MEDIAN) ** 2);
  for (const u of shares) expect(below(softPt(u)) / below(PT_CUT)).toBeCloseTo(u, 12);
  expect(softPt(0.5)).toBeCloseTo(9, 3);
  expect([softPt(0), Math.round(softPt(1) * 1e4) / 1e4]).toEqual([0, PT_CUT]);
});

it('inverts the hard spectrum: the integral of pT^−2 is 1/from − 1/pT', () => {
  const below = (pt: number): number => 1 / HARD_FROM - 1 / pt;
  for (const u of shares) expect(below(hardPt(u)) / below(PT_CUT)).toBeCloseTo(u, 12);
  expect([hardPt(0), Math.round(hardPt(1) * 1e4) / 1e4]).toEqual([HARD_FROM, PT_CUT]);
});
