import { describe, expect, it } from 'vitest';
import { correctionBound, type CorrectionBound } from '../../../operators/correction/bound.js';
import { joinByRegime } from '../../../operators/correction/join_cells.js';
import { normal } from '../../../operators/random/normal.js';
import { chance, plainCells } from './toys.js';

/** Two regimes with the given events, of the mean and width given, as normal numbers. */
function toy(n: readonly number[], bias: readonly number[], width: number, seed: number) {
  const y = n.map((events, r) =>
    Array.from({ length: events }, (_, i) => bias[r]! + width * normal(chance(i, seed, r)[0])),
  );
  return plainCells({
    points: [[-1], [1]],
    n,
    sum: y.map((values) => values.reduce((a, b) => a + b, 0)),
    sumOfSquares: y.map((values) => values.reduce((a, b) => a + b * b, 0)),
    regime: [0, 1],
  });
}

const boundOf = (cells: ReturnType<typeof toy>, c: readonly number[]): CorrectionBound =>
  correctionBound(cells, 0, Float64Array.from(c), joinByRegime(cells));

describe('bound of a correction', () => {
  it('is Σ p b², without error, where there is no noise', () => {
    const cells = toy([300, 100], [0.02, -0.04], 0, 1);
    const { removable, removableRms, left, reached, share, events, bins } = boundOf(cells, [0.02, 0]);
    expect([events, bins]).toEqual([400, 2]);
    expect(removable.value).toBeCloseTo(0.75 * 0.02 ** 2 + 0.25 * 0.04 ** 2, 15);
    expect(removableRms.value).toBeCloseTo(Math.sqrt(0.0007), 12);
    expect(left.value).toBeCloseTo(0.25 * 0.04 ** 2, 15);
    expect(reached.value).toBeCloseTo(0.75 * 0.02 ** 2, 15);
    expect(share.value).toBeCloseTo(3 / 7, 12);
    expect(share.error).toBeCloseTo(0, 7);
  });

  it('divides by 1 + c, as the correction does', () => {
    const { left } = boundOf(toy([50, 50], [0.3, 0.3], 0, 1), [0.25, 0.25]);
    expect(left.value).toBeCloseTo((0.05 / 1.25) ** 2, 15);
  });

  it('reaches all of it with the means of the same events, and no more', () => {
    const cells = toy([400, 250], [0.02, -0.05], 0.1, 3);
    const c = [0, 1].map((r) => cells.sum[r]! / cells.n[r]!);
    const { removable, left, share } = boundOf(cells, c);
    // The noise that the means follow is taken off before and after: what is left is minus the noise.
    expect(Math.abs(left.value!)).toBeLessThan(2 * left.error!);
    expect(left.value).toBeLessThan(0);
    expect(share.value).toBeCloseTo(1, 1);
    expect(removable.value).toBeGreaterThan(0);
  });

  it('says when there is too little to remove, and when there are no events', () => {
    const { share, removable, removableRms } = boundOf(toy([100, 100], [0, 0], 0.1, 4), [0.01, 0.01]);
    expect(share).toEqual({ value: null, error: null, reason: 'removable bias is within 2 errors of 0' });
    expect(Math.abs(removable.value!)).toBeLessThan(2 * removable.error!);
    expect(removableRms.error).toBeNull();
    const { events, removable: nothing } = boundOf(toy([1, 0], [0, 0], 0, 1), [0, 0]);
    expect([events, nothing.value, nothing.reason]).toEqual([0, null, 'no bin with 2 events']);
  });

  it('has no bias and errors that cover, over 400 toys', () => {
    const [n, bias, width] = [[120, 60], [0.02, 0.01], 0.05];
    // A correction that reaches most of it.
    const c = [0.016, 0.016];
    const p = n.map((events) => events / 180);
    const truth = {
      removable: p.reduce((sum, share, r) => sum + share * bias[r]! ** 2, 0),
      left: p.reduce((sum, share, r) => sum + share * ((bias[r]! - c[r]!) / (1 + c[r]!)) ** 2, 0),
    };
    const reached = truth.removable - truth.left;
    const expected = { ...truth, reached, share: reached / truth.removable };
    const toys = Array.from({ length: 400 }, (_, i) => boundOf(toy(n, bias, width, 100 + i), c));
    for (const key of ['removable', 'left', 'reached', 'share'] as const) {
      const known = toys.map((bound) => bound[key]).filter(({ value }) => value !== null);
      const pulls = known.map(({ value, error }) => (value! - expected[key]) / error!);
      const mean = known.reduce((sum, { value }) => sum + value!, 0) / known.length;
      const spread = Math.sqrt(known.reduce((sum, { value }) => sum + (value! - mean) ** 2, 0) / known.length);
      const covered = pulls.filter((pull) => Math.abs(pull) < 1.96).length / pulls.length;
      expect(covered, key).toBeGreaterThan(0.88);
      // A share is known only where enough was found, and is a ratio.
      if (key !== 'share') expect(Math.abs(mean - expected[key]), key).toBeLessThan((4 * spread) / 20);
    }
  });
});
