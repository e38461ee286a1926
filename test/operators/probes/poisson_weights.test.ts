import { expect, it } from 'vitest';
import { poissonWeights } from '../../../operators/probes/poisson_weights.js';
import { keysOf } from './merit.js';

const n = 20_000;
const { keyLo, keyHi } = keysOf(n);
const weights = (draw: number, seed = 1): Uint8Array => {
  const out = new Uint8Array(4 * n);
  poissonWeights(seed, draw, keyLo, keyHi, out);
  return out;
};

it('follows the Poisson distribution of mean 1: e⁻¹ / k!', () => {
  const counts = new Array<number>(12).fill(0);
  for (const k of weights(0)) counts[k]!++;
  let expected = (4 * n) / Math.E;
  for (let k = 0; k < 6; k++, expected /= k) {
    expect(Math.abs(counts[k]! - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});

it('draws replicas and events apart', () => {
  const x = weights(1);
  const correlation = (a: (i: number) => number, b: (i: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (a(i) - 1) * (b(i) - 1);
    return sum / n;
  };
  const replica = (r: number) => (i: number) => x[4 * i + r]!;
  expect(Math.abs(correlation(replica(0), replica(1)))).toBeLessThan(4 / Math.sqrt(n));
  expect(Math.abs(correlation(replica(2), (i) => replica(2)((i + 1) % n)))).toBeLessThan(4 / Math.sqrt(n));
  expect(weights(2)).not.toEqual(x);
  expect(weights(1, 2)).not.toEqual(x);
});

it('depends on the event alone', () => {
  const out = new Uint8Array(8);
  poissonWeights(1, 0, keyLo.subarray(5, 7), keyHi.subarray(5, 7), out);
  expect(out).toEqual(weights(0).subarray(20, 28));
});
