import { beforeAll, describe, expect, test } from 'vitest';
import { exp } from '../../operators/expressions/math/exp.js';
import type { LocalityFamily } from '../../operators/locality/locality_test.js';
import { localityVerdict } from '../../operators/locality/locality_verdict.js';
import { testToy } from '../operators/locality/local_toys.js';

const TOYS = 200;
const EVENTS = 3000;
const config = { level: 0.01, tolerance: 0.001, widthTolerance: 0.1 };

describe('the locality test keeps what it states, on samples without a violation', () => {
  let toys: LocalityFamily[][];
  beforeAll(() => {
    toys = Array.from({ length: TOYS }, (_, seed) => testToy(seed, EVENTS));
  }, 120_000);

  test.each([0, 1])('p-values of family %d are uniform', (family) => {
    const p = toys.map((families) => exp(families[family]!.logP!)).sort((a, b) => a - b);
    const distance = p.reduce((most, each, i) => Math.max(most, each - i / TOYS, (i + 1) / TOYS - each), 0);
    // Kolmogorov: √n D above 1.95 has a chance of 0.001.
    expect(distance * Math.sqrt(TOYS)).toBeLessThan(1.95);
    // Of 200 at 5 %: 10 ± 3.1.
    const low = p.filter((each) => each < 0.05).length;
    expect(low).toBeGreaterThanOrEqual(1);
    expect(low).toBeLessThanOrEqual(20);
  });

  test.each([0, 1])('mean pulls of family %d have the errors that are stated', (family) => {
    const z = toys.flatMap((families) =>
      families[family]!.bins.flatMap(({ pullMean: { value, error } }) =>
        value === null || error === null ? [] : [value / error],
      ),
    );
    const rms = Math.sqrt(z.reduce((sum, each) => sum + each * each, 0) / z.length);
    expect(Math.abs(rms - 1)).toBeLessThan(4 / Math.sqrt(2 * z.length));
    // Without the fit's share of the covariance the errors would be too large.
    expect(toys.every((families) => families[family]!.bins.some(({ shared }) => shared > 0.05))).toBe(true);
  });

  test('a violation is found where there is none at the stated level, or less', () => {
    // Of 200 at 1 %: 2 ± 1.4; Holm, and the tolerance, take from it.
    const violated = toys.filter((families) => localityVerdict(families, config).violated).length;
    expect(violated).toBeLessThanOrEqual(7);
  });
});

describe('a response that depends on the context', () => {
  test('is found, with its size, though the local model takes a part of it up', () => {
    const families = testToy(1, 20_000, ({ H_T }) => -2e-4 * Math.max(0, H_T - 200));
    const verdict = localityVerdict(families, config);
    expect(verdict).toMatchObject({ violated: true, significant: true, relevant: true });
    expect(verdict.sigma).toBeGreaterThan(5);
    expect(verdict.effect!.family).toBe('H_T');
    expect(verdict.effect!.bin.excess.value).toBeLessThan(-0.003);
    expect(families[0]!.retained).toBeLessThan(0.6);
    expect(families[1]!.retained).toBeGreaterThan(families[0]!.retained!);
  });

  test('of |Δη|', () => {
    const verdict = localityVerdict(
      testToy(2, 20_000, ({ abs_deta }) => (abs_deta > 1.2 ? 0.004 : 0)),
      config,
    );
    expect(verdict).toMatchObject({ violated: true, effect: { family: 'abs_deta' } });
    expect(verdict.effect!.bin.excess.value).toBeGreaterThan(0.001);
  });

  test('in its width alone', () => {
    const families = testToy(3, 20_000, ({ H_T, pt, eta }) =>
      H_T > 200 ? 0.05 * Math.sign(((pt[0] * 1e6 + eta[0] * 1e6) % 2) - 1) : 0,
    );
    const verdict = localityVerdict(families, config);
    expect(verdict.violated).toBe(true);
    expect(verdict.width!.bin.pullWidth.value).toBeGreaterThan(1.1);
  });
});
