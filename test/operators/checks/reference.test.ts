import { expect, it } from 'vitest';
import { reference } from '../../../operators/checks/reference.js';
import { problemOf } from '../../support/problem_of.js';
import { near, reference as samples } from '../statistics/reference.js';
import { EDGES, toy } from '../statistics/toys.js';

it('holds the three tests (SciPy and NumPy)', () => {
  const { edges, a, b, ...wanted } = samples.samples[0]!;
  const state = reference.step(reference.create({ edges, reference: { w: a, w2: null }, runLength: 500 }), {
    window: 0,
    w: b,
    w2: null,
  });
  near(state.chiSquare!.chi2, wanted.chi2!, 1e-12);
  near(state.kolmogorov!.logP, wanted.kolmogorovLog, 1e-9);
  near(state.wasserstein!.distance, wanted.wasserstein, 1e-5);
  const tests = [state.chiSquare!.logP, state.kolmogorov!.logP, state.wasserstein!.logP];
  near(reference.finding(state).logP!, Math.min(...tests) + Math.log(3), 1e-12);
});

it('finds a shift and since when, and joins sparse bins', () => {
  const before = toy(1, 5000, EDGES);
  let state = reference.create({ edges: EDGES, reference: before, runLength: 500, checks: 4 });
  state = reference.step(state, { window: 5, ...toy(2, 600, EDGES) });
  expect(reference.finding(state)).toMatchObject({ alarm: false, since: null });
  expect(state.chiSquare!.dof).toBeLessThan(EDGES.length);
  const shifted = { w: [...Array.from(before.w).slice(1), 0].map((x) => x / 5), w2: null };
  for (const window of [6, 7]) state = reference.step(state, { window, ...shifted });
  const finding = reference.finding(state);
  expect(finding).toMatchObject({ alarm: true, since: 6 });
  expect(finding.reason).toMatch(/^0\.37\d from the reference, 0\.0\d+ without change$/);
});

it('alarms at most as often as stated without change', () => {
  const runLength = 20;
  const toys = 600;
  let alarms = 0;
  for (let i = 0; i < toys; i++) {
    const state = reference.create({ edges: EDGES, reference: toy(2 * i, 3000, EDGES), runLength });
    if (reference.finding(reference.step(state, { window: 0, ...toy(2 * i + 1, 1000, EDGES) })).alarm) alarms++;
  }
  expect(alarms / toys).toBeLessThan(1 / runLength + 3 * Math.sqrt(1 / runLength / toys));
  expect(alarms / toys).toBeGreaterThan(0.2 / runLength);
});

it('has no result for an empty window, and refuses sums that do not fit the edges', async () => {
  const state = reference.create({ edges: EDGES, reference: toy(1, 500, EDGES), runLength: 500 });
  const empty = reference.step(state, { window: 0, w: new Float64Array(EDGES.length + 1), w2: null });
  expect(reference.finding(empty)).toMatchObject({
    alarm: false,
    statistic: 0,
    logP: null,
    reason: 'no entries to compare',
  });
  const wrong = { edges: EDGES, reference: { w: [1, 2], w2: null }, runLength: 500 };
  expect((await problemOf(() => reference.create(wrong))).message).toContain('2 sums for 13 edges; give 14');
});
