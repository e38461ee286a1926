import { describe, expect, it } from 'vitest';
import { localGain, localGainWords, sigmaOfGain, type BlockWeight } from '../../../operators/online/local_gain.js';
import { BASIS, blocksOf, draw, evaluated, varianceOf } from './blocks.js';

const events = draw({ blocks: 4, events: [700, 400, 0, 300] });
const data = blocksOf(events);
const before = Float64Array.of(-0.003, 0.001, 0.004, -0.01);
const after = Float64Array.of(-0.005, -0.002, 0.002, 0.02);

/** Loop over the validation events with their residuals. */
function explicit(blocks: readonly BlockWeight[]): { n: number; value: number; error: number } {
  const [old, now] = [before, after].map((beta) => evaluated(BASIS, events.pt, beta));
  const sigma2 = evaluated(BASIS, events.pt, varianceOf(BASIS));
  let [n, value, variance] = [0, 0, 0];
  events.y.forEach((y, i) => {
    const found = blocks.find(([block]) => block === events.block[i]);
    if (!found || events.split[i] !== 1) return;
    const [, w] = found;
    n++;
    value += (w * ((y - old![i]!) ** 2 - (y - now![i]!) ** 2)) / sigma2[i]!;
    variance += (w * 2 * (now![i]! - old![i]!)) ** 2 / sigma2[i]!;
  });
  return { n, value, error: Math.sqrt(variance) };
}

describe('the gain from summed matrices is that of a loop over the events', () => {
  it.each<[string, BlockWeight[]]>([
    ['one block', [[1, 1]]],
    ['all blocks', [0, 1, 2, 3].map((b) => [b, 1] as const)],
    [
      'weighted blocks',
      [
        [0, 0.125],
        [1, 0.25],
        [3, 1],
      ],
    ],
  ])('%s', (_, blocks) => {
    const [found, wanted] = [localGain(data, blocks, before, after), explicit(blocks)];
    expect(found.n).toBe(wanted.n);
    expect(Math.abs(found.value / wanted.value - 1)).toBeLessThan(1e-9);
    expect(Math.abs(found.error / wanted.error - 1)).toBeLessThan(1e-9);
    expect(sigmaOfGain(found)).toBe(found.value / found.error);
  });
});

it('is turned round by an exchange of the two means', () => {
  const blocks: BlockWeight[] = [
    [0, 1],
    [3, 0.5],
  ];
  const [gain, loss] = [localGain(data, blocks, before, after), localGain(data, blocks, after, before)];
  expect(loss.value).toBeCloseTo(-gain.value, 9);
  expect(loss.error).toBe(gain.error);
});

it('is 0 without events, and between equal means', () => {
  expect(localGain(data, [[2, 1]], before, after)).toEqual({ n: 0, value: 0, error: 0 });
  const same = localGain(data, [[0, 1]], after, after);
  expect(same).toMatchObject({ value: 0, error: 0 });
  expect(sigmaOfGain(same)).toBe(0);
});

it('scatters by its error where the new mean is as far from the truth as the old one', () => {
  // y has mean β and variance σ²: with β ± Δ the expectation is 0.
  const truth = Float64Array.of(-0.004, -0.002, 0.001, 0.006);
  const [low, high] = [truth.map((x) => x - 0.002), truth.map((x) => x + 0.002)];
  const toys = 400;
  let [sum, squares] = [0, 0];
  for (let seed = 1; seed <= toys; seed++) {
    const sigma = sigmaOfGain(localGain(blocksOf(draw({ seed, blocks: 1, events: 300 })), [[0, 1]], low, high));
    sum += sigma;
    squares += sigma * sigma;
  }
  expect(Math.abs(sum) / Math.sqrt(toys)).toBeLessThan(3.3);
  expect(Math.abs(squares / toys - 1)).toBeLessThan(3.3 * Math.sqrt(2 / toys));
});

it('in words', () => {
  expect(localGainWords({ n: 320, value: 12.34, error: 4 })).toBe(
    'squared pulls of 320 validation events lessened by 12.3 ± 4.0 (3.1 sigma)',
  );
  expect(localGainWords({ n: 320, value: -6, error: 4 })).toBe(
    'squared pulls of 320 validation events raised by 6.0 ± 4.0 (-1.5 sigma)',
  );
  expect(localGainWords({ n: 0, value: 0, error: 0 })).toContain('(0.0 sigma)');
});
