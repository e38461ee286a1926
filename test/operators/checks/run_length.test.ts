import { describe, expect, it } from 'vitest';
import { averageRunLength, oneSidedRunLength, thresholdFor } from '../../../operators/checks/run_length.js';
import { problemOf } from '../../support/problem_of.js';
import { near } from '../statistics/reference.js';
import { fixture } from './fixture.js';

it.each(fixture.runLength)('equals the Markov chain of Brook and Evans for k = $k, h = $h', ({ k, h, length }) => {
  near(oneSidedRunLength(k, h), length, 3e-6);
});

// J. M. Lucas & R. B. Crosier, Technometrics 24 (1982) 199, table 1: two-sided, k = 0.5.
it.each([
  [4, 0, 168],
  [4, 1, 8.38],
  [4, 2, 3.34],
  [5, 0, 465],
  [5, 1, 10.4],
  [5, 2, 4.01],
])('has the run length of the table for h = %d and a shift of %d sigma', (h, shift, length) => {
  near(averageRunLength(0.5, h, shift), length, 0.003);
});

it('depends on the units of x in no way', () => {
  near(averageRunLength(0.5, 4, 0.3, 1), averageRunLength(1, 8, 0.6, 2), 1e-9);
});

describe('thresholdFor', () => {
  it('reaches the wanted run length', () => {
    for (const check of ['cusum', 'page_hinkley'] as const)
      near(averageRunLength(0.5, thresholdFor({ check, k: 0.5, runLength: 500 })), 500, 1e-6);
    near(thresholdFor({ check: 'cusum', k: 0.5, runLength: 465.4435060320573 }), 5, 1e-8);
  });

  it('gives each of K checks K times the run length', () => {
    const family = thresholdFor({ check: 'cusum', k: 1, runLength: 500, checks: 12 });
    near(averageRunLength(1, family), 6000, 1e-6);
  });

  it('widens for a mean that is learned and fixed, the less the more windows it is learned from', () => {
    const at = (learn?: number): number =>
      thresholdFor({ check: 'cusum', k: 1, runLength: 500, ...(learn && { learn }) });
    const found = [at(10), at(30), at(300), at()];
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    near(at(1e6), at(), 1e-3);
    expect(thresholdFor({ check: 'page_hinkley', k: 1, runLength: 500, learn: 10 })).toBe(at());
  });

  it('says when it cannot be had', async () => {
    const config = { check: 'cusum', k: 0.5, runLength: 500, checks: 50, learn: 10 } as const;
    expect((await problemOf(() => thresholdFor(config))).message).toContain('out of reach with k 0.5, learn 10');
    expect((await problemOf(() => thresholdFor({ ...config, runLength: 1 }))).message).toContain('run length 1,');
  });
});
