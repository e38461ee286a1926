import { describe, expect, it } from 'vitest';
import { binShares } from '../../../operators/peak/bin_shares.js';
import { fisherScoring } from '../../../operators/peak/fisher_scoring.js';
import { indexOf, NAMES, type Name } from '../../../operators/peak/parameters.js';
import { spectrumOf } from '../../../operators/peak/spectrum.js';
import { histogramWith, parameters, reference, spectrumWith } from './reference.js';

const names: Name[] = ['shift', 'sigma', 'alpha', 'n'];
const start = parameters({ sigma: 4, alpha: 1.5, n: 3 });

describe.each(reference.fits)('maximum likelihood of $name', ({ weights, counts, fit }) => {
  const hist = histogramWith([120, 75, 105], weights, counts);
  const spectrum = spectrumOf(hist, 0, [75, 105], 0.25)!;
  const found = fisherScoring(spectrum, start, names, hist.w !== null);

  it('is where scipy.optimize.minimize finds it, to 1 % of an error, with errors to 1 %', () => {
    expect(found.reason).toBeUndefined();
    for (const name of ['shift', 'sigma', 'alpha', 'n'] as const) {
      const { value, error } = fit[name];
      expect(Math.abs(found.p[indexOf(name)]! - value) / error, name).toBeLessThan(0.01);
      expect(Math.abs(found.errors[indexOf(name)]! / error - 1), name).toBeLessThan(0.01);
    }
  });

  it('does not depend on where it starts', () => {
    const other = fisherScoring(
      spectrum,
      parameters({ shift: 2, sigma: 0.6, alpha: 0.8, n: 8 }),
      names,
      hist.w !== null,
    );
    for (const name of names) {
      const index = indexOf(name);
      expect(Math.abs(other.p[index]! - found.p[index]!) / found.errors[index]!, name).toBeLessThan(1e-3);
    }
  });
});

const expected = (values: Partial<Record<Name, number>>): Float64Array =>
  binShares({ low: 75, width: 0.25, bins: 120 }, parameters(values))
    .map((x) => 1e4 * x)
    .slice(0, 120);

it('finds the truth of an expected spectrum, with both tails, a free Γ and a background', () => {
  const truth = {
    shift: 0.7,
    sigma: 2.4,
    alpha: 1.2,
    n: 2.5,
    alphaHigh: 1.4,
    nHigh: 3,
    gamma: 2.2,
    fraction: 0.1,
    slope: 0.02,
  };
  const from = parameters({ sigma: 2, alpha: 1.5, n: 3, alphaHigh: 1.5, nHigh: 3, fraction: 0.05 });
  const found = fisherScoring(spectrumWith(75, 0.25, expected(truth)), from, NAMES, false);
  expect(found.reason).toBeUndefined();
  for (const [name, value] of Object.entries(truth)) {
    const index = indexOf(name as Name);
    expect(Math.abs(found.p[index]! - value) / found.errors[index]!, name).toBeLessThan(0.01);
  }
});

it('holds a parameter that runs into a bound, and with it what no longer matters', () => {
  const gaussian = spectrumWith(75, 0.25, expected({ sigma: 2 }));
  const tail = fisherScoring(gaussian, start, names, false);
  expect([tail.reason, tail.atBound, tail.fitted]).toEqual([undefined, ['alpha'], ['shift', 'sigma']]);
  expect(Math.abs(tail.p[indexOf('sigma')]! - 2)).toBeLessThan(0.02);
  expect(tail.errors[indexOf('alpha')]).toBeNaN();

  const clean = fisherScoring(
    gaussian,
    parameters({ sigma: 3, fraction: 0.05 }),
    ['shift', 'sigma', 'fraction', 'slope'],
    false,
  );
  expect([clean.reason, clean.atBound, clean.fitted]).toEqual([undefined, ['fraction'], ['shift', 'sigma']]);
});

it('says that there is no peak', () => {
  const falling = Float64Array.from({ length: 120 }, (_, i) => 1e6 / (1 + i * i));
  expect(fisherScoring(spectrumWith(55, 0.25, falling), start, ['shift'], false).reason).toBe(
    'no peak is found near the Z',
  );
});
