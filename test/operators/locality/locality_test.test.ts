import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { localityFamily, type PullSums } from '../../../operators/locality/locality_test.js';
import { logChiSquareTail } from '../../../operators/statistics/chi_square.js';
import { logTwoSided, sigmaOf } from '../../../operators/statistics/normal_tail.js';
import { binsOf, columnsOf, context, lastStep, momentsOf, reference } from './reference.js';

describe('localityFamily on the reference fit', () => {
  const mean = reference.means.map((each) => Float64Array.from(each));
  const { pull, residual } = columnsOf({ ...lastStep, mean });

  it.each(reference.families.map((family) => [family.name, family] as const))('%s', (name, wanted) => {
    const bins = wanted.n.length;
    const bin = binsOf(context[name]!, reference.pipeline.edges[name]!);
    const found = localityFamily({
      name,
      pull: momentsOf(pull, bin, bins),
      squared: momentsOf(
        pull.map((z) => z * z),
        bin,
        bins,
      ),
      residual: momentsOf(residual, bin, bins),
      covariance: new Matrix(wanted.model),
      ordered: name !== 'kind',
    });
    expect(found.bins.map(({ n }) => n)).toEqual(wanted.n);
    wanted.used.forEach((at, u) => {
      const { pullMean, pullWidth, excess, shared, logP } = found.bins[at]!;
      const close = (value: number | null, expected: number, tolerance = 1e-7): void => {
        expect(Math.abs(value! - expected)).toBeLessThan(tolerance * Math.max(1e-3, Math.abs(expected)));
      };
      close(pullMean.value, wanted.pullMean[u]!);
      close(pullWidth.value, wanted.pullWidth[u]!);
      close(pullWidth.error, wanted.pullWidthError[u]!);
      close(excess.value, wanted.excess[u]!);
      close(shared, Math.min(1, Math.max(0, wanted.shared[u]!)));
      // Where the model takes everything up there is no error to speak of.
      if (wanted.shared[u]! > 0.99) return;
      close(pullMean.error, wanted.pullMeanError[u]!);
      close(excess.error, wanted.excessError[u]!);
      close(logP, wanted.logP[u]!, 1e-5);
    });
    expect(found.ndof).toBe(wanted.ndof);
    expect(found.chi2).toBeCloseTo(wanted.chi2, 5);
    if (wanted.familyLogP === null) expect([found.logP, found.sigma]).toEqual([null, null]);
    else {
      expect(found.logP).toBeCloseTo(wanted.familyLogP, 5);
      expect(found.sigma).toBeCloseTo(sigmaOf(wanted.familyLogP), 5);
    }
    expect(found.width.chi2).toBeCloseTo(wanted.widthChi2, 5);
    expect(found.width.ndof).toBe(wanted.used.length);
    expect(found.width.logP).toBeCloseTo(wanted.widthLogP, 5);
    if (name === 'kind') expect(found.retained).toBeNull();
    else expect(found.retained).toBeCloseTo(wanted.retained, 6);
  });

  it('of a function of the local parameters little is left', () => {
    expect(Math.min(...reference.families[2]!.shared)).toBeGreaterThan(0.9);
  });
});

/** Pulls by bin, given one by one. */
function sums(pulls: readonly (readonly number[])[], covariance: Matrix | null = null, ordered = true): PullSums {
  const bin = Uint16Array.from(pulls.flatMap((each, b) => each.map(() => b)));
  const pull = Float64Array.from(pulls.flat());
  const of = (x: Float64Array) => momentsOf(x, bin, pulls.length);
  return {
    name: 'H_T',
    pull: of(pull),
    squared: of(pull.map((z) => z * z)),
    residual: of(pull.map((z) => z / 64)),
    covariance,
    ordered,
  };
}

describe('localityFamily against a model that was not fitted', () => {
  // ±1 about m: mean m, second moment 1 + m².
  const about = (m: number, n: number): number[] => Array.from({ length: n }, (_, i) => m + (i % 2 === 0 ? 1 : -1));

  it('has the textbook errors: χ² = Σ (Σz)² / Σz²', () => {
    const family = localityFamily(sums([about(0.25, 100), about(0, 400)]));
    const [first, second] = family.bins;
    const m2 = 1 + 0.25 ** 2;
    expect(first!.pullMean.value).toBe(0.25);
    expect(first!.pullMean.error).toBeCloseTo(Math.sqrt(m2 / 100), 14);
    expect(first!.pullWidth.value).toBeCloseTo(1, 14);
    expect(first!.excess.value).toBe(0.25 / 64);
    expect(first!.excess.error).toBeCloseTo(Math.sqrt(m2 / 100) / 64, 14);
    expect(first!.shared).toBe(0);
    expect(first!.logP).toBeCloseTo(logTwoSided(0.25 / Math.sqrt(m2 / 100)), 12);
    expect(second!.logP).toBe(0);
    expect(family.chi2).toBeCloseTo((100 * 0.25 ** 2) / m2, 12);
    expect(family.ndof).toBe(2);
    expect(family.logP).toBeCloseTo(logChiSquareTail(family.chi2, 2), 12);
    expect(family.retained).toBeNull();
  });

  it('leaves out a direction that the fit has taken up', () => {
    // Σz of the two bins cancel but for 1 %: in units of each, eigenvalues 1.99 along (1, −1) and 0.01 along (1, 1).
    const [a, b] = [about(0.25, 100), about(0, 100)];
    const own = [100 * (1 + 0.25 ** 2), 100];
    const between = -0.99 * Math.sqrt(own[0]! * own[1]!);
    const covariance = new Matrix([
      [0, between],
      [between, 0],
    ]);
    const family = localityFamily(sums([a, b], covariance));
    expect(family.ndof).toBe(1);
    expect(family.chi2).toBeCloseTo((25 / Math.sqrt(own[0]!)) ** 2 / 2 / 1.99, 10);
    // A trend from bin to bin is along (1, −1) but for the unequal errors.
    expect(family.retained).toBe(1);
  });

  it('takes no bin of fewer than 50 events, and says how many are needed', () => {
    const family = localityFamily(sums([about(5, 49), about(0, 50), []]));
    expect(family.ndof).toBe(1);
    expect(family.chi2).toBe(0);
    expect(family.bins[0]).toMatchObject({ n: 49, logP: null, logPWidth: null });
    expect(family.bins[0]!.pullMean).toMatchObject({ value: null, reason: '49 events, 50 are needed' });
    expect(family.bins[2]!.pullMean).toMatchObject({ value: null, reason: '0 events, 50 are needed' });
  });

  it('knows nothing without events', () => {
    const family = localityFamily(sums([[], []]));
    expect([family.ndof, family.logP, family.sigma, family.width.logP]).toEqual([0, null, null, null]);
  });

  it('takes the tails of all pulls for the error of a width in a bin that happens to have none', () => {
    const tails = Array.from({ length: 400 }, (_, i) =>
      i % 40 === 0 ? 6 : i % 40 === 1 ? -6 : i % 2 === 0 ? 0.5 : -0.5,
    );
    const [, calm] = localityFamily(sums([tails, about(0, 400)])).bins;
    expect(calm!.pullWidth.value).toBe(1);
    // m₄ = m₂² would give an error of 0.
    expect(calm!.pullWidth.error).toBeGreaterThan(0.05);
  });

  it('pulls that are all 0 deviate from nothing, and have no width', () => {
    const family = localityFamily(sums([Array<number>(60).fill(0), about(0, 60)]));
    expect(family.chi2).toBe(0);
    expect(family.ndof).toBe(1);
    expect(family.bins[0]!.logP).toBeNull();
    expect(family.bins[0]!.pullMean).toMatchObject({ value: null, reason: 'every pull is 0' });
  });
});
