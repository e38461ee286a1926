import { describe, expect, it } from 'vitest';
import { peakFit, type PeakFit } from '../../../operators/peak/peak_fit.js';
import type { Bins } from '../../../operators/summaries/histogram.js';
import { histogramOf, standardDeviation, uniforms } from '../response/reference.js';
import { emptyHistogram, histogramWith, masses, reference } from './reference.js';

const bins: Bins = [1200, 60, 120];
const M = 91.1876;

describe.each(reference.fits)('the fit of $name', ({ weights, counts, fit }) => {
  const found = peakFit(histogramWith([120, 75, 105], weights, counts), 0);

  it('is that of scipy.optimize.minimize', () => {
    expect([found.converged, found.tails, found.range]).toEqual([true, 'low', [75, 105]]);
    for (const [mine, theirs] of [
      [found.position, { value: M + fit.shift.value, error: fit.shift.error }],
      [found.width, fit.sigma],
      [found.alpha, fit.alpha],
      [found.n, fit.n],
    ] as const) {
      expect(Math.abs(mine.value! - theirs.value) / theirs.error).toBeLessThan(0.01);
      expect(mine.error! / theirs.error).toBeCloseTo(1, 1);
    }
  });

  it('describes the sample', () => {
    expect(found.pValue).toBeGreaterThan(0.001);
    expect(found.ndof).toBeGreaterThan(90);
    expect(found.chi2! / found.ndof!).toBeLessThan(1.4);
  });
});

describe.each([
  { name: 'counts', sigma: 1.8, alpha: 1.3, n: 3, shift: -0.4, weighted: false },
  { name: 'weights, a wide resolution', sigma: 5, alpha: 1.5, n: 3, shift: -1, weighted: true },
])('100 toys: $name', ({ sigma, alpha, n, shift, weighted }) => {
  const toys = Array.from({ length: 100 }, (_, stream) => {
    const x = masses(4000, stream, shift, sigma, alpha, n);
    const w = weighted ? uniforms(x.length, stream + 5000).map((u) => (u < 0.5 ? 1 : 0.25)) : undefined;
    return peakFit(histogramOf(x, bins, w), 0, { tails: 'low' });
  });

  it.each([
    ['position', M + shift],
    ['width', sigma],
  ] as const)('pulls of the %s have mean 0 and width 1, and intervals cover', (key, truth) => {
    const pulls = toys.map((toy) => (toy[key].value! - truth) / toy[key].error!);
    const mean = pulls.reduce((a, b) => a + b, 0) / pulls.length;
    expect(Math.abs(mean)).toBeLessThan(0.3);
    expect(Math.abs(standardDeviation(pulls) - 1)).toBeLessThan(0.2);
    expect(pulls.filter((pull) => Math.abs(pull) < 1).length).toBeGreaterThan(54);
    expect(pulls.filter((pull) => Math.abs(pull) < 1.96).length).toBeGreaterThan(88);
  });

  it('all converge, with p-values spread over [0, 1]', () => {
    expect(toys.every((toy) => toy.converged)).toBe(true);
    const p = toys.map((toy) => toy.pValue!);
    for (const quarter of [0.25, 0.5, 0.75]) {
      expect(Math.abs(p.filter((x) => x < quarter).length / 100 - quarter)).toBeLessThan(0.2);
    }
  });
});

describe('the truth', () => {
  const x = masses(5000, 7, 0.1, 0, 1.5, 3);

  it('is a Breit–Wigner alone when told so, and found to be one', () => {
    for (const options of [{ resolution: false }, {}]) {
      const found = peakFit(histogramOf(x, bins), 0, options);
      expect(Math.abs(found.position.value! - M - 0.1)).toBeLessThan(4 * found.position.error!);
      expect(found.pValue).toBeGreaterThan(0.001);
      if (found.tails === 'none')
        expect(found.width).toEqual({ value: null, error: null, reason: 'no resolution in the fit' });
      else expect(found.width.value).toBeLessThan(4 * found.width.error!);
    }
  });

  it('shows its Γ', () => {
    const { naturalWidth } = peakFit(histogramOf(x, bins), 0, { resolution: false, naturalWidth: 'free' });
    expect(Math.abs(naturalWidth.value! - 2.4952)).toBeLessThan(3 * naturalWidth.error!);
  });
});

it('takes a second tail where it is much better, and only there', () => {
  const mixed = Array.from({ length: 4 }, (_, k) => masses(6000, 20 + k, 0, [1.2, 1.8, 2.6, 4][k]!, 3.9, 3)).flat();
  const found = peakFit(histogramOf(mixed, bins), 0);
  expect(found.tails).toBe('both');
  expect(found.alphaHigh.value).toBeLessThan(3);
  expect(found.pValue!).toBeGreaterThan(1e-3);
  expect(peakFit(histogramOf(mixed, bins), 0, { tails: 'low' }).pValue).toBeLessThan(1e-6);
});

it('finds a background of the size that was put there', () => {
  const x = [...masses(8000, 40, 0, 2, 1.5, 3), ...uniforms(2000, 41).map((u) => 60 + 60 * u)];
  const inRange = x.filter((m) => m >= 75 && m < 105);
  const share = inRange.filter((m) => x.indexOf(m) >= 8000).length / inRange.length;
  const { background, position } = peakFit(histogramOf(x, bins), 0, { background: 'flat', tails: 'low' });
  expect(Math.abs(background.value! - share)).toBeLessThan(4 * background.error!);
  expect(Math.abs(position.value! - M)).toBeLessThan(4 * position.error!);
});

it('does not depend on the order of the events, and bears negative weights', () => {
  const x = masses(4000, 50, 0, 2, 1.5, 3);
  const w = x.map((_, i) => (i % 12 === 0 ? -1 : 1));
  const one = peakFit(histogramOf(x, bins, w), 0);
  expect(peakFit(histogramOf([...x].reverse(), bins, [...w].reverse()), 0)).toEqual(one);
  expect(Math.abs(one.position.value! - M)).toBeLessThan(4 * one.position.error!);
});

it('has the errors of counts for equal weights', () => {
  const x = masses(4000, 51, 0, 2, 1.5, 3);
  const [plain, equal] = [undefined, x.map(() => 0.37)].map((w) =>
    peakFit(histogramOf(x, bins, w), 0, { tails: 'low' }),
  );
  expect(equal!.position.value).toBeCloseTo(plain!.position.value!, 6);
  // The sandwich takes the variance as observed.
  expect(equal!.position.error! / plain!.position.error!).toBeCloseTo(1, 1);
  expect(equal!.effectiveEvents).toBeCloseTo(plain!.effectiveEvents, 6);
});

it.each<[string, number[], number[] | undefined, string]>([
  ['no events', [], undefined, 'fewer than 100 events in the range'],
  [
    'few events in the range',
    Array<number>(99).fill(91).concat(Array<number>(500).fill(62)),
    undefined,
    'fewer than 100 events in the range',
  ],
  ['no weight', Array<number>(200).fill(91), Array<number>(200).fill(-1), 'weights add up to 0 or less'],
  [
    'few effective events',
    Array<number>(200).fill(91),
    [1000, ...Array<number>(199).fill(1)],
    'fewer than 100 effective events in the range',
  ],
])('nothing is known, and why: %s', (_, x, w, reason) => {
  const found: PeakFit = peakFit(histogramOf(x, bins, w), 0);
  expect([found.converged, found.reason]).toEqual([false, reason]);
  for (const key of ['position', 'width', 'alpha', 'n', 'naturalWidth', 'background'] as const) {
    expect(found[key]).toEqual({ value: null, error: null, reason });
  }
  expect([found.chi2, found.ndof, found.pValue, found.tails]).toEqual([null, null, null, null]);
});

it('says that the peak is elsewhere', () => {
  const low = masses(5000, 61, -18, 2, 1.5, 3);
  expect(peakFit(histogramOf(low, bins), 0).reason).toBe('the peak is outside 75 to 105 GeV');
});

it('never throws on spectra that are no peak: flat, one bin, a range elsewhere', () => {
  const flat = uniforms(3000, 60).map((u) => 60 + 60 * u);
  for (const x of [flat, Array<number>(500).fill(91), flat.map((m) => 60 + (m - 60) ** 2 / 60)]) {
    const found = peakFit(histogramOf(x, bins), 0);
    if (!found.converged) expect(found.position.reason).toBe(found.reason);
    else expect(found.position.error).not.toBe(0);
  }
  expect(peakFit(emptyHistogram([100, 0, 50]), 0).reason).toBe('no bin lies within 75 to 50 GeV');
});
