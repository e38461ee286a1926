import { expect, it } from 'vitest';
import { createStandardise, standardise, type StandardiseConfig } from '../../../operators/checks/standardise.js';
import { normals } from '../response/reference.js';
import { problemOf } from '../../support/problem_of.js';
import { fixture } from './fixture.js';

interface Window {
  readonly value: number | null;
  readonly error: number | null;
  readonly n: number;
  readonly hold?: boolean;
}

function scores(config: StandardiseConfig, windows: readonly Window[]): (number | null)[] {
  let state = createStandardise(config);
  return windows.map((input, window) => {
    state = standardise(state, { hold: false, ...input, window });
    return state.score;
  });
}

const { n, value, error, residuals } = fixture.windows;
const windows = n.map((events, i) => ({ n: events, value: value[i]!, error: error[i]! }));

it('is the recursive residual of weighted least squares (NumPy) where errors are trusted', () => {
  const found = scores({ learn: 1, follow: true, trust: Infinity }, windows);
  for (const [i, wanted] of residuals.entries()) {
    if (wanted === null) expect(found[i]).toBeNull();
    else expect(found[i]).toBeCloseTo(wanted, 8);
  }
});

it('holds a fixed baseline, whose own error widens the score', () => {
  const [first, second] = [
    { n: 100, value: 1, error: 0.1 },
    { n: 100, value: 2, error: 0.1 },
  ];
  const found = scores({ learn: 2, follow: false, trust: Infinity }, [first, first, second, second]);
  expect(found).toEqual([null, null, expect.closeTo(1 / (0.1 * Math.sqrt(1.5)), 9), found[2]]);
});

it('takes a reference for its baseline', () => {
  const reference = { value: 1, error: 0.01, n: 10_000 };
  const [found] = scores({ learn: 0, follow: false, trust: Infinity, reference }, [{ n: 100, value: 1.3, error: 0.1 }]);
  expect(found).toBeCloseTo(0.3 / Math.sqrt(0.01 + 0.0001), 9);
});

// 3,000 windows of errors that are stated half as large as they are.
it('learns the scale from the scatter of the windows', () => {
  const wrong = normals(3000, 7).map((x) => ({ n: 100, value: x, error: 0.5 }));
  const spread = (trust: number): number => {
    const found = scores({ learn: 8, follow: true, trust }, wrong).slice(1000) as number[];
    return Math.sqrt(found.reduce((sum, x) => sum + x * x, 0) / found.length);
  };
  expect(spread(Infinity)).toBeCloseTo(2, 1);
  expect(Math.abs(spread(0) - 1)).toBeLessThan(0.05);
  expect(Math.abs(spread(20) - 1)).toBeLessThan(0.05);
});

it('keeps held windows out of the baseline, and passes over those without value or error', () => {
  const at = (value: number | null, hold = false): Window => ({ n: 100, value, error: 0.1, hold });
  const config = { learn: 2, follow: true, trust: Infinity };
  const plain = scores(config, [at(1), at(1), at(1.1)]);
  expect(scores(config, [at(1), at(1), at(9, true), at(1.1)])[3]).toBe(plain[2]);
  const holes = [at(1), at(null), { n: 100, value: 1, error: 0 }, { n: 0, value: 1, error: 0.1 }, at(1), at(1.1)];
  expect(scores(config, holes)).toEqual([null, null, null, null, null, plain[2]]);
});

it('refuses what a scale cannot be learned from', async () => {
  expect((await problemOf(() => createStandardise({ learn: 2, follow: true, trust: 0 }))).message).toContain(
    'learn is 2',
  );
  expect((await problemOf(() => createStandardise({ learn: 5, follow: true, trust: -1 }))).message).toContain('trust');
});
