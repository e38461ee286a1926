import { expect, it } from 'vitest';
import { neededSizes, smallestSizes } from '../../../operators/probes/needed_size.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { wilson } from '../../../operators/response/wilson.js';
import { probeReportSchema } from '../../../schemas/probe_report.js';
import { problemOf } from '../../support/problem_of.js';

const none = (n: number): Uint8Array => new Uint8Array(n);

it('takes the smallest size that fools an event, in whatever order the sizes were tried', () => {
  const fooledAt = [Uint8Array.of(1, 0, 0, 1), Uint8Array.of(0, 0, 0, 1), Uint8Array.of(1, 1, 0, 1)];
  expect([...smallestSizes([1, 0.5, 2], fooledAt)]).toEqual([1, 2, Infinity, 0.5]);
  expect([...smallestSizes([], [])]).toEqual([]);
});

it('gives the quantile of uniform needed sizes, p T', () => {
  const smallest = Float64Array.from({ length: 1000 }, (_, k) => (3 * (k + 1)) / 1000);
  const [one, five, half] = neededSizes(smallest, none(1000), 1, [0.01, 0.05, 0.5], 3);
  for (const [p, entry] of [
    [0.01, one],
    [0.05, five],
    [0.5, half],
  ] as const) {
    const error = Math.sqrt((p * (1 - p)) / 1000);
    expect(entry!.size).toBeCloseTo(3 * p, 12);
    expect(entry!.low).toBeCloseTo(3 * (p - error), 12);
    expect(entry!.high).toBeCloseTo(3 * (p + error), 12);
    expect(entry).toMatchObject({ regime: 0, fraction: p, tried: 3 });
    // The ends are the sizes whose Wilson interval ends at p.
    expect(wilson(entry!.low! / 3, 1000).high).toBeCloseTo(p, 12);
    expect(wilson(entry!.high! / 3, 1000).low).toBeCloseTo(p, 12);
  }
});

it('is linear between the sizes of a ladder, from (0, 0): exponential needed sizes', () => {
  const n = 100_000;
  const ladder = [2, 0.25, 0.5, 1];
  const needed = Float64Array.from({ length: n }, (_, k) => -Math.log(1 - (k + 0.5) / n));
  const smallest = smallestSizes(
    ladder,
    ladder.map((size) => Uint8Array.from(needed, (least) => Number(least <= size))),
  );
  const share = (size: number): number => 1 - Math.exp(-size);
  const [first, third, last] = neededSizes(smallest, none(n), 1, [0.05, 0.6, 0.9], ladder);
  expect(first!.size).toBeCloseTo((0.25 * 0.05) / share(0.25), 4);
  expect(third!.size).toBeCloseTo(0.5 + (0.5 * (0.6 - share(0.5))) / (share(1) - share(0.5)), 4);
  // F(2) = 0.865.
  expect(last).toEqual({ regime: 0, fraction: 0.9, size: null, low: null, high: null, tried: 2 });
});

it('does not hide a size at which nothing more was fooled', () => {
  const smallest = Float64Array.of(1, 3, Infinity, Infinity);
  const at = (tried: number | number[]) => neededSizes(smallest, none(4), 1, [0.3], tried)[0]!.size;
  expect(at([1, 2, 3])).toBeCloseTo(2.2, 12);
  expect(at(3)).toBeCloseTo(1.4, 12);
});

it('gives each regime its own sizes, and null where too few were fooled or none are there', () => {
  const smallest = Float64Array.of(1, 1, 2, 2, Infinity, NaN, 0);
  const sizes = neededSizes(smallest, Uint8Array.of(0, 0, 1, 1, 1, 1, 3), 4, [0.5, 1], [1, 2]);
  expect(sizes.map(({ regime, fraction, size }) => [regime, fraction, size])).toEqual([
    [0, 0.5, 0.5],
    [0, 1, 1],
    [1, 0.5, 1.75],
    [1, 1, null],
    [2, 0.5, null],
    [2, 1, null],
    [3, 0.5, 0],
    [3, 1, 0],
    ['all', 0.5, 1],
    ['all', 1, null],
  ]);
  const schema = probeReportSchema.shape.neededSize;
  expect(schema.parse(sizes.map((entry) => ({ attack: 'coordinate', ...entry })))).toHaveLength(10);
});

it('states intervals that hold the true size as often as they say', () => {
  const words = new Uint32Array(4);
  for (const p of [0.05, 0.5]) {
    let holds = 0;
    for (let toy = 0; toy < 500; toy++) {
      const smallest = Float64Array.from({ length: 200 }, (_, i) => {
        philox(i, toy, 0, 0, 1, 9998, words);
        return uniform(words[0]!, words[1]!);
      });
      const { low, high } = neededSizes(smallest, none(200), 1, [p], 1)[0]!;
      if (low! <= p && p <= high!) holds++;
    }
    // 68 % and a little more, since counts are whole numbers (74 % and 71 %); of 500: ± 2 %.
    expect(holds / 500).toBeGreaterThan(0.64);
    expect(holds / 500).toBeLessThan(0.81);
  }
});

it('refuses a fraction that is none', async () => {
  const problem = await problemOf(() => neededSizes(new Float64Array(1), none(1), 1, [0], 1));
  expect(problem.message).toBe('fraction 0 of fooled events: expected above 0 and at most 1');
});
