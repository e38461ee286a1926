import { expect, it } from 'vitest';
import { shareDrift } from '../../../operators/checks/share_drift.js';
import { homogeneity } from '../../../operators/statistics/homogeneity.js';
import { problemOf } from '../../support/problem_of.js';
import { uniforms } from '../response/reference.js';
import { meanAndSpread } from '../statistics/toys.js';

const reference = { w: [5000, 3000, 2000], w2: null };
const create = (): ReturnType<typeof shareDrift.create> => shareDrift.create({ reference, runLength: 500, checks: 2 });

it('is the test of homogeneity (scipy.stats.chi2_contingency) of reference and window', () => {
  const w = [520, 260, 220];
  const state = shareDrift.step(create(), { window: 0, w, w2: null });
  expect(state.result).toEqual(homogeneity(reference, { w, w2: null }));
  // scipy.stats.chi2_contingency([[5000, 3000, 2000], [520, 260, 220]]).
  expect(state.result!.chi2).toBeCloseTo(7.434414943, 8);
  expect(shareDrift.finding(state)).toMatchObject({ alarm: false, since: null, threshold: Math.log(1000) });
});

it('finds a drift, since when, and which share moved most', () => {
  const quiet = shareDrift.step(create(), { window: 0, w: [505, 300, 195], w2: null });
  const first = shareDrift.step(quiet, { window: 1, w: [380, 300, 320], w2: null });
  const finding = shareDrift.finding(shareDrift.step(first, { window: 3, w: [390, 300, 310], w2: null }));
  expect(finding).toMatchObject({ alarm: true, since: 1 });
  expect(finding.reason).toBe('the share of regime 2 is 0.3100, it was 0.2000');
  expect(finding.logP).toBeLessThan(-20);
});

it('tests sparse regimes as one, and says when there is nothing to test', () => {
  const sparse = { w: [5000, 4990, 6, 4], w2: null };
  const state = shareDrift.create({ reference: sparse, runLength: 500 });
  expect(shareDrift.step(state, { window: 0, w: [500, 490, 0, 1], w2: null }).result!.dof).toBe(2);
  const empty = shareDrift.step(state, { window: 0, w: [0, 0, 0, 0], w2: null });
  expect(shareDrift.finding(empty)).toMatchObject({ alarm: false, statistic: 0, logP: null });
});

// Weights of 1, 0.1 and 0.01 by regime, with a spread: p-values must be uniform, −ln p has mean 1 and spread 1.
it('has uniform p-values without drift for weights that fall from regime to regime', () => {
  const toys = 400;
  const sample = (toy: number, events: number): { w: number[]; w2: number[] } => {
    const [u, v] = [uniforms(events, 2 * toy), uniforms(events, 2 * toy + 1)];
    const [w, w2] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let i = 0; i < events; i++) {
      const regime = u[i]! < 0.3 ? 0 : u[i]! < 0.6 ? 1 : 2;
      const weight = 10 ** -regime * (0.5 + v[i]!);
      w[regime]! += weight;
      w2[regime]! += weight * weight;
    }
    return { w, w2 };
  };
  const found = Array.from({ length: toys }, (_, toy) => {
    const weighted = shareDrift.create({ reference: sample(1000 + toy, 3000), runLength: 500 });
    return -shareDrift.step(weighted, { window: 0, ...sample(toy, 1000) }).result!.logP;
  });
  const { mean, spread } = meanAndSpread(found);
  expect(Math.abs(mean - 1)).toBeLessThan(0.2);
  expect(Math.abs(spread - 1)).toBeLessThan(0.3);
});

it('refuses another number of regimes', async () => {
  const message = (await problemOf(() => shareDrift.step(create(), { window: 4, w: [1], w2: null }))).message;
  expect(message).toBe('Check share_drift: 1 regimes in window 4, 3 in its reference');
});
