import { expect, it } from 'vitest';
import { poissonReplicate } from '../../../operators/locality/poisson_bootstrap.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';

const value = Float64Array.of(1, -2, 0.5);
const error = Float64Array.of(0.1, 0.3, 2);
const replicate = (seed: number, r: number): Float64Array => {
  const out = new Float64Array(3);
  poissonReplicate(seed, r, value, error, out);
  return out;
};

it('is a hash of seed, replicate and bin', () => {
  expect(replicate(4, 7)).toEqual(replicate(4, 7));
  expect(replicate(4, 7)).not.toEqual(replicate(4, 8));
  expect(replicate(4, 7)).not.toEqual(replicate(5, 7));
});

it('has the value for its mean and the error for its spread, bins apart', () => {
  const n = 4000;
  const all = Array.from({ length: n }, (_, r) => replicate(1, r).map((each, b) => (each - value[b]!) / error[b]!));
  for (let a = 0; a < 3; a++) {
    expect(Math.abs(all.reduce((sum, z) => sum + z[a]!, 0) / n)).toBeLessThan(4 / Math.sqrt(n));
    for (let b = 0; b < 3; b++) {
      const product = all.reduce((sum, z) => sum + z[a]! * z[b]!, 0) / n;
      expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan((4 * Math.SQRT2) / Math.sqrt(n));
    }
  }
});

it('spreads as a Poisson bootstrap over the events does', () => {
  // 300 events of a skewed quantity; each replicate counts each event Poisson(1) times (by inversion).
  const words = new Uint32Array(4);
  const draw = (i: number, r: number): number => {
    philox(i, r, 0, 0, 3, 0, words);
    return uniform(words[0]!, words[1]!);
  };
  const events = Array.from({ length: 300 }, (_, i) => draw(i, 0) ** 3);
  const mean = events.reduce((a, b) => a + b, 0) / 300;
  const standardError = Math.sqrt(events.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 299 / 300);
  const means = Array.from({ length: 1000 }, (_, r) => {
    let [n, sum] = [0, 0];
    events.forEach((each, i) => {
      let [k, p, u] = [0, Math.exp(-1), draw(i, r + 1)];
      while (u > p) {
        u -= p;
        p /= ++k;
      }
      n += k;
      sum += k * each;
    });
    return sum / n;
  });
  const centre = means.reduce((a, b) => a + b, 0) / 1000;
  const spread = Math.sqrt(means.reduce((sum, each) => sum + (each - centre) ** 2, 0) / 999);
  expect(Math.abs(centre - mean)).toBeLessThan((4 * standardError) / Math.sqrt(1000));
  expect(Math.abs(spread / standardError - 1)).toBeLessThan(4 / Math.sqrt(2000));
});
