import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '../../operators/hash.js';
import { assignSplit, SPLITS, type SplitConfig } from '../../operators/split.js';

const config: SplitConfig = { train: 0.7, validation: 0.15, test: 0.15, seed: 1 };

function splitOf(config: SplitConfig, lo: readonly number[], hi: readonly number[]): number[] {
  const out = new Uint8Array(lo.length);
  assignSplit(config, Uint32Array.from(lo), Uint32Array.from(hi), lo.length, out);
  return [...out];
}

describe('split', () => {
  const n = 100_000;
  const lo = Array.from({ length: n }, (_, i) => i);
  const zeros = Array<number>(n).fill(0);

  it.each([
    ['70/15/15', config],
    ['another seed', { ...config, seed: 99 }],
    ['halves', { train: 0.5, validation: 0.25, test: 0.25, seed: 3 }],
  ])('has its fractions within 4 standard deviations over 100,000 keys: %s', (_, config) => {
    for (const keys of [
      [lo, zeros],
      [zeros, lo],
    ] as const) {
      const found = splitOf(config, ...keys);
      SPLITS.forEach((name, at) => {
        const share = config[name];
        const count = found.filter((split) => split === at).length;
        expect(Math.abs(count - n * share), name).toBeLessThan(4 * Math.sqrt(n * share * (1 - share)));
      });
    }
  });

  it('depends on the seed', () => {
    const [a, b] = [splitOf(config, lo, zeros), splitOf({ ...config, seed: 2 }, lo, zeros)];
    const same = a.filter((split, i) => split === b[i]).length / n;
    // Independent splits agree for 0.7² + 2 · 0.15² of the events.
    expect(Math.abs(same - 0.535)).toBeLessThan(4 * Math.sqrt(0.25 / n));
  });

  it('depends on the key alone, not on order or batch', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), fc.nat(), (keys, at) => {
        const [a, b] = [keys.map(([x]) => x), keys.map(([, x]) => x)];
        const whole = splitOf(config, a, b);
        expect(splitOf(config, [...a].reverse(), [...b].reverse())).toEqual([...whole].reverse());
        const cut = at % (keys.length + 1);
        expect([
          ...splitOf(config, a.slice(0, cut), b.slice(0, cut)),
          ...splitOf(config, a.slice(cut), b.slice(cut)),
        ]).toEqual(whole);
        keys.forEach(([x, y], i) => {
          const u = hashKey(config.seed, x, y) / 2 ** 32;
          expect(whole[i]).toBe(u < 0.7 ? 0 : u < 0.85 ? 1 : 2);
        });
      }),
    );
  });

  it('takes fractions of 0 and 1', () => {
    expect(new Set(splitOf({ train: 1, validation: 0, test: 0, seed: 1 }, lo, zeros))).toEqual(new Set([0]));
    expect(new Set(splitOf({ train: 0, validation: 1, test: 0, seed: 1 }, lo, zeros))).toEqual(new Set([1]));
    expect(new Set(splitOf({ train: 0, validation: 0, test: 1, seed: 1 }, lo, zeros))).toEqual(new Set([2]));
  });
});
