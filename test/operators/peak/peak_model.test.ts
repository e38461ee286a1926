import { expect, it } from 'vitest';
import { binShares } from '../../../operators/peak/bin_shares.js';
import { indexOf, type Name } from '../../../operators/peak/parameters.js';
import { fitModel, type PeakModel } from '../../../operators/peak/peak_model.js';
import { parameters, spectrumWith } from './reference.js';

/** The expected spectrum of 20,000 events. */
const expected = (values: Partial<Record<Name, number>>): ReturnType<typeof spectrumWith> => {
  const shares = binShares({ low: 75, width: 0.25, bins: 120 }, parameters(values)).subarray(0, 120);
  return spectrumWith(
    75,
    0.25,
    Float64Array.from(shares, (x) => 20_000 * x),
  );
};
const low = { sigma: 2, alpha: 1.3, n: 3 };
const both = { ...low, alphaHigh: 1.2, nHigh: 3 };

it.each<[string, Partial<Record<Name, number>>, PeakModel, string]>([
  ['a tail below', low, {}, 'low'],
  ['two tails', both, {}, 'both'],
  ['two tails, one wanted', both, { tails: 'low' }, 'low'],
  ['a tail below, two wanted', low, { tails: 'both' }, 'both'],
  ['no resolution', {}, {}, 'none'],
  ['a resolution that is not wanted', low, { resolution: false }, 'none'],
])('chooses the model: %s', (_, truth, model, tails) => {
  const found = fitModel(expected(truth), model, false);
  expect([found.reason, found.tails]).toEqual([undefined, tails]);
});

it.each([0.3, 0.7, 1.3, 3, 6, 9])('finds a width of %f GeV, wherever the peak is', (sigma) => {
  for (const shift of [-6, 0, 4]) {
    const found = fitModel(expected({ ...low, sigma, shift }), {}, false);
    for (const [name, truth] of [['shift', shift] as const, ['sigma', sigma] as const]) {
      const index = indexOf(name);
      expect(Math.abs(found.p[index]! - truth) / found.errors[index]!, `${name} at ${shift}`).toBeLessThan(0.02);
    }
  }
});

it('takes the Γ that is given', () => {
  const found = fitModel(expected({ gamma: 1.5 }), { resolution: false, naturalWidth: 1.5 }, false);
  expect(Math.abs(found.p[indexOf('shift')]!)).toBeLessThan(1e-4);
  expect(found.p[indexOf('gamma')]).toBe(1.5);
});
