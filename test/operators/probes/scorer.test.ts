import { describe, expect, test } from 'vitest';
import { slotOf } from '../../../operators/probes/binning.js';
import { applyMove, newScorer, tryMove, type Score, type Scorer } from '../../../operators/probes/scorer.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';

const words = new Uint32Array(4);
const draw = (a: number, b: number): number => {
  philox(a, b, 0, 0, 31, 9998, words);
  return uniform(words[0]!, words[1]!);
};

/** Features of different kinds: sums of uniforms that share parts, whole numbers, one with a gap, one with a tail. */
function sample(n: number): Float64Array[] {
  const part = (k: number): Float64Array => Float64Array.from({ length: n }, (_, i) => draw(i, k) + draw(i, k + 100));
  const [a, b, c] = [part(0), part(1), part(2)];
  return [
    a,
    a.map((x, i) => 1e4 + 300 * (x + b[i]!)),
    b.map((x, i) => 1e-6 * (x - c[i]!)),
    c.map((x) => Math.floor(5 * x)),
    a.map((x, i) => (i % 7 === 3 ? NaN : x - b[i]!)),
    c.map((x) => 1 / (0.01 + Math.abs(x - 1))),
  ];
}
const steps = [0, 0, 0, 1, 0, 0];
const spread = [0.3, 100, 4e-7, 2, 0.4, 20];

/** The definitions, written out anew: Math.log2 and two passes, on the values themselves. */
function bruteForce(scorer: Scorer, nominal: readonly Float64Array[], now: readonly Float64Array[]): Score {
  const n = nominal[0]!.length;
  const distances = nominal.map((column, j) => {
    const histogram = (values: Float64Array): Map<number, number> => {
      const counts = new Map<number, number>();
      for (const value of values) {
        const slot = slotOf(scorer.binnings[j]!, value);
        counts.set(slot, (counts.get(slot) ?? 0) + 1);
      }
      return counts;
    };
    const p = histogram(column);
    const q = histogram(now[j]!);
    let divergence = 0;
    for (const slot of new Set([...p.keys(), ...q.keys()])) {
      const pb = (p.get(slot) ?? 0) / n;
      const qb = (q.get(slot) ?? 0) / n;
      const m = (pb + qb) / 2;
      divergence += ((pb > 0 ? pb * Math.log2(pb / m) : 0) + (qb > 0 ? qb * Math.log2(qb / m) : 0)) / 2;
    }
    return Math.sqrt(Math.max(0, divergence));
  });
  // A gap counts as the nominal mean.
  const meanOf = (x: Float64Array): number => {
    const values = x.filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const means = nominal.map(meanOf);
  const fill = (columns: readonly Float64Array[]): Float64Array[] =>
    columns.map((column, j) => column.map((value) => (Number.isNaN(value) ? means[j]! : value)));
  const matrix = (columns: readonly Float64Array[]): number[] => {
    const centred = columns.map((column) => {
      const mean = meanOf(column);
      return column.map((value) => value - mean);
    });
    const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    return centred.flatMap((a) =>
      centred.map((b) => (a === b ? 1 : product(a, b) / Math.sqrt(product(a, a) * product(b, b)) || 0)),
    );
  };
  const before = matrix(fill(nominal));
  const after = matrix(fill(now));
  const change = after.reduce((sum, r, at) => sum + (r - before[at]!) ** 2, 0);
  return {
    distance: Math.max(...distances),
    correlation: Math.sqrt(change / before.reduce((sum, r) => sum + r * r, 0)),
    divergence: distances.reduce((sum, distance) => sum + distance * distance, 0),
  };
}

const keys = ['distance', 'correlation', 'divergence'] as const;
function expectClose(score: Score, expected: Score): void {
  for (const key of keys) {
    expect(Math.abs(score[key] - expected[key])).toBeLessThan(1e-10);
  }
}

/** Random moves of 1 to 6 features, half of them back to the nominal value. */
function* moves(count: number, n: number, nominal: readonly Float64Array[], seed: number) {
  for (let t = 0; t < count; t++) {
    const i = Math.floor(n * draw(t, seed));
    const features = nominal.map((_, j) => j).filter((j) => draw(t, seed + 1 + j) < 0.4);
    const values = features.map((j) => {
      const x = nominal[j]![i]! + spread[j]! * 3 * (draw(t, seed + 20 + j) - 0.5);
      return draw(t, seed + 10) < 0.5 ? nominal[j]![i]! : steps[j] === 0 ? x : Math.round(x);
    });
    yield { i, features, values };
  }
}

describe('scorer', () => {
  test('equals brute force to 1e-10 over 10,000 random updates, in what it tries and what it then is', () => {
    const nominal = sample(101);
    const now = nominal.map((column) => column.slice());
    const scorer = newScorer(nominal, steps);
    let t = 0;
    let worst = 0;
    for (const { i, features, values } of moves(10_000, 101, nominal, 40)) {
      const tried = { ...tryMove(scorer, i, features, values) };
      features.forEach((j, c) => (now[j]![i] = values[c]!));
      const score = applyMove(scorer, i, features, values);
      worst = Math.max(worst, ...keys.map((key) => Math.abs(tried[key] - score[key])));
      // Each of the first ones, where distances are small, then one in ten.
      if (t++ < 100 || t % 10 === 0) expectClose(score, bruteForce(scorer, nominal, now));
    }
    expectClose(scorer.score, bruteForce(scorer, nominal, now));
    expect(worst).toBeLessThan(1e-12);
  });

  test('a single value of many events: small changes are as exact', () => {
    const nominal = sample(20_000);
    const scorer = newScorer(nominal, steps);
    const now = nominal.map((column) => column.slice());
    now[0]![17]! += 0.1;
    expectClose(tryMove(scorer, 17, [0], [now[0]![17]!]), bruteForce(scorer, nominal, now));
    expect(scorer.score).toEqual({ distance: 0, correlation: 0, divergence: 0 });
  });

  test('the same bits whatever led to the values, and 0 where all went back', () => {
    const nominal = sample(150);
    const wandered = newScorer(nominal, steps);
    const now = nominal.map((column) => column.slice());
    for (const { i, features, values } of moves(3000, 150, nominal, 80)) {
      features.forEach((j, c) => (now[j]![i] = values[c]!));
      applyMove(wandered, i, features, values);
    }
    const straight = newScorer(nominal, steps);
    for (let i = 149; i >= 0; i--) for (let j = 5; j >= 0; j--) applyMove(straight, i, [j], [now[j]![i]!]);
    expect(wandered.score).toEqual(straight.score);
    expect(wandered.score.distance).toBeGreaterThan(0);
    for (const { i, features, values } of moves(300, 150, nominal, 120)) {
      expect(tryMove(wandered, i, features, values)).toEqual(tryMove(straight, i, features, values));
    }
    for (let i = 0; i < 150; i++)
      applyMove(
        wandered,
        i,
        [0, 1, 2, 3, 4, 5],
        nominal.map((column) => column[i]!),
      );
    expect(wandered.score).toEqual({ distance: 0, correlation: 0, divergence: 0 });
  });

  test('a feature with no variance has correlation 0 until it gets some', () => {
    const nominal = [Float64Array.of(1, 2, 3, 4, 6), new Float64Array(5).fill(40)];
    const scorer = newScorer(nominal, [0, 0]);
    expect(scorer.correlation.norm).toBe(2);
    // x against (0, 0, 0, 0, 1): covariance 14/25, variances 74/25 and 4/25.
    const r = 14 / Math.sqrt(74 * 4);
    expect(tryMove(scorer, 4, [1], [41]).correlation).toBeCloseTo(r, 10);
    expect(applyMove(scorer, 4, [1], [41]).correlation).toBeCloseTo(r, 10);
    expect(applyMove(scorer, 4, [1], [40]).correlation).toBe(0);
  });

  test('an empty set, and one feature', () => {
    expect(newScorer([new Float64Array(0)], [0]).score.distance).toBe(0);
    const scorer = newScorer([Float64Array.of(1, 2, 3)], [1]);
    expect(applyMove(scorer, 0, [0], [3])).toMatchObject({ correlation: 0 });
    expect(scorer.score.distance).toBeGreaterThan(0);
  });

  test('too many features are refused in one line', () => {
    const columns = Array.from({ length: 91 }, () => Float64Array.of(1, 2));
    expect(() =>
      newScorer(
        columns,
        columns.map(() => 0),
      ),
    ).toThrow('correlation: 2 events with 91 features, at most 4194304 with 90; probe a smaller sample');
  });
});
