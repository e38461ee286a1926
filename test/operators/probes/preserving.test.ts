import { describe, expect, test } from 'vitest';
import { binningOf, slotOf, slotsOf } from '../../../operators/probes/binning.js';
import { correlationMatrix, relativeChange } from '../../../operators/probes/correlation.js';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { reordered } from '../../../operators/probes/hash_order.js';
import { jensenShannon } from '../../../operators/probes/jensen_shannon.js';
import { preserving } from '../../../operators/probes/preserving.js';
import type { Objective, ProbedEvents } from '../../../operators/probes/types.js';
import {
  allRows,
  drawnEvents,
  envelopeOf,
  linearObjective,
  reachOf,
  type LinearModel,
} from '../../support/linear_objective.js';
import { problemOf } from '../../support/problem_of.js';

const settings = { size: 1, seed: 5, steps: 4 };
const noCaps = { distance: 1, correlation: Infinity };
const model: LinearModel = { weights: [1, -0.5, 0.25, 0.8, -0.3, 0.6], bias: 0.1 };
const derived: LinearModel = { ...model, derived: { of: [0, 2], weight: 0.7 } };
const correlation = [
  [1, 0.5, -0.2],
  [0.5, 1, 0.3],
  [-0.2, 0.3, 1],
];
const grouped = envelopeOf(6, { groups: [{ members: [1, 3, 4], correlation }] });

/** Distances and correlation change of the features reached, from the values alone. */
async function reached(objective: Objective, before: ProbedEvents, x: readonly Float64Array[]) {
  const rows = allRows(before.length);
  const nominal = objective.features(rows, before.x);
  const now = objective.features(rows, x);
  const distances = nominal.map((column, j) => {
    const binning = binningOf(column, 0);
    const counts = (values: Float64Array): number[] => {
      const out = Array.from({ length: slotsOf(binning) }, () => 0);
      for (const value of values) out[slotOf(binning, value)]!++;
      return out;
    };
    return jensenShannon(counts(column), counts(now[j]!));
  });
  return {
    distance: Math.max(...distances),
    correlation: relativeChange(correlationMatrix(nominal), correlationMatrix(now)),
    before: await objective.margin(rows, before.x),
    margin: await objective.margin(rows, x),
  };
}
const fooled = (margin: Float64Array): number => margin.filter((m) => m < 0).length;

describe('preserving', () => {
  test.each([
    ['box', envelopeOf(6), model],
    ['box and ellipsoid', grouped, model],
    ['a feature that follows', grouped, derived],
  ])('without caps the closed-form optimum of a linear model: %s', async (_, envelope, linear) => {
    const events = drawnEvents(400, 6);
    const objective = linearObjective(linear);
    const { x, margin } = await preserving(noCaps)(envelope, events, objective, settings);
    const { before, margin: there } = await reached(objective, events, x);
    expect(margin).toEqual(there);
    const reach = reachOf(envelope, events, linear);
    before.forEach((m, i) => {
      const optimum = m - settings.size * reach[i]!;
      if (optimum < 0) expect(margin[i]).toBeLessThan(0);
      else expect(Math.abs(margin[i]! - optimum)).toBeLessThan(1e-9 * (1 + m));
    });
    expect(fooled(margin)).toBeGreaterThan(fooled(before) + 20);
  });

  test('caps hold, sizes and derived features too, nothing is worse, and more are fooled', async () => {
    const events = drawnEvents(3000, 6);
    const objective = linearObjective(derived);
    const shares: number[] = [];
    for (const scale of [1, 0.3, 0.05]) {
      const caps = { distance: 0.06 * scale, correlation: 0.006 * scale };
      const { x, margin, evaluations } = await preserving(caps)(grouped, events, objective, { ...settings, size: 2 });
      const { distance, correlation: change, before, margin: there } = await reached(objective, events, x);
      expect(distance).toBeLessThanOrEqual(caps.distance);
      expect(change).toBeLessThanOrEqual(caps.correlation + 1e-13);
      expect(margin).toEqual(there);
      margin.forEach((m, i) => {
        expect(m).toBeLessThanOrEqual(before[i]!);
      });
      expect(Math.max(...sizesOf(grouped, events, allRows(3000), x))).toBeLessThanOrEqual(2 + 1e-9);
      expect(evaluations).toBeGreaterThan(3000);
      shares.push(fooled(margin) / fooled(before));
    }
    expect(shares[2]).toBeGreaterThan(1);
    expect(shares[1]).toBeGreaterThan(shares[2]!);
    expect(shares[0]).toBeGreaterThanOrEqual(shares[1]!);
  });

  test('whole numbers, ranges and held values', async () => {
    const drawn = drawnEvents(500, 6);
    const events: ProbedEvents = {
      ...drawn,
      x: drawn.x.map((column, j) => (j === 0 ? column.map((value) => Math.round(3 * value)) : column)),
      sigma: drawn.sigma.map((column, j) => column.map((value, i) => (j === 0 ? 1.5 : i % 5 === j ? 0 : value))),
    };
    const envelope = envelopeOf(6, {
      step: [1, 0, 0, 0, 0, 0],
      low: [-3, -1, -1, -1, -1, -1],
      high: [3, 1, 1, 1, 1, 1],
    });
    const { x } = await preserving({ distance: 0.1, correlation: 0.02 })(
      envelope,
      events,
      linearObjective(model),
      settings,
    );
    x.forEach((column, j) => {
      column.forEach((value, i) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(j === 0 ? 3 : 1);
        if (events.sigma[j]![i] === 0) expect(value).toBe(events.x[j]![i]);
      });
    });
    expect(x[0]!.every((value) => Number.isInteger(value))).toBe(true);
    expect(x[0]).not.toEqual(events.x[0]);
  });

  test('the order in which events are given is no matter, the set is', async () => {
    const events = drawnEvents(300, 6);
    const order = allRows(300).map((i) => (i * 7 + 11) % 300);
    const attack = preserving({ distance: 0.05, correlation: 0.01 });
    const objective = linearObjective(derived);
    const straight = await attack(grouped, events, objective, settings);
    const other = await attack(grouped, reordered(events, order), objective, settings);
    expect(other.margin).toEqual(Float64Array.from(order, (i) => straight.margin[i]!));
    other.x.forEach((column, j) => {
      expect(column).toEqual(Float64Array.from(order, (i) => straight.x[j]![i]!));
    });
    expect(straight.x).not.toEqual(events.x);
  });

  test('caps of 0 leave every bin and correlation as it was', async () => {
    const events = drawnEvents(200, 6);
    const { x } = await preserving({ distance: 0, correlation: 0 })(grouped, events, linearObjective(model), settings);
    const result = await reached(linearObjective(model), events, x);
    expect(result.distance).toBe(0);
    expect(result.correlation).toBeLessThan(1e-13);
  });

  test('an event with a NaN margin stays, and no events are no trouble', async () => {
    const events = drawnEvents(50, 6);
    const linear = linearObjective(model);
    const objective: Objective = {
      features: linear.features,
      margin: async (rows, x) => (await linear.margin(rows, x)).map((m, r) => (rows[r] === 7 ? NaN : m)),
    };
    const progress: number[] = [];
    const onProgress = (done: number): void => void progress.push(done);
    const { x, margin } = await preserving(noCaps)(grouped, events, objective, { ...settings, onProgress });
    expect(margin[7]).toBeNaN();
    expect(x.map((column) => column[7])).toEqual(events.x.map((column) => column[7]));
    expect(progress).toEqual([0.25, 0.5, 0.75, 1]);
    const none = await preserving(noCaps)(grouped, drawnEvents(0, 6), linear, settings);
    expect(none.margin).toHaveLength(0);
  });

  test('caps that are not numbers ≥ 0 are refused', async () => {
    expect((await problemOf(() => preserving({ distance: -1, correlation: NaN }))).message).toBe(
      'caps of the probe: -1 and NaN; give numbers that are not negative',
    );
  });
});
