import { describe, expect, it } from 'vitest';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { minimalPerturbation, minimalSizes } from '../../../operators/probes/minimal_perturbation.js';
import type { Objective, ProbedEvents } from '../../../operators/probes/types.js';
import {
  allRows,
  drawnEvents,
  envelopeOf,
  eventsOf,
  linearObjective,
  reachOf,
} from '../../support/linear_objective.js';

const objectiveOf = (f: (x: number[]) => number): Objective => ({
  features: (_rows, x) => x,
  margin: (rows, x) => Promise.resolve(Float64Array.from(rows, (_, r) => f(x.map((column) => column[r]!)))),
});
const groups = [
  {
    members: [0, 3],
    correlation: [
      [1, 0.7],
      [0.7, 1],
    ],
  },
  {
    members: [2, 5],
    correlation: [
      [1, -0.4],
      [-0.4, 1],
    ],
  },
];
const envelopes = { box: envelopeOf(6), 'box and ellipsoids': envelopeOf(6, { groups }) };
const model = { weights: [1, -2, 0.5, 1.5, -0.3, 0.8], bias: 0.6, derived: { of: [0, 1], weight: 0.7 } };

describe('a linear margin', () => {
  for (const [name, envelope] of Object.entries(envelopes)) {
    it(`needs margin / dual norm in the ${name}, within 1 %`, async () => {
      const events = drawnEvents(400, 6);
      const objective = linearObjective(model);
      const nominal = await objective.margin(allRows(400), events.x);
      const reach = reachOf(envelope, events, model);
      const found = await minimalPerturbation()(envelope, events, objective, { size: 2, seed: 1, steps: 8 });
      const sizes = minimalSizes(envelope, events, found);
      for (let i = 0; i < 400; i++) {
        const exact = nominal[i]! / reach[i]!;
        if (exact < 0) expect(sizes[i]).toBe(0);
        else if (exact > 2) expect(sizes[i]).toBe(Infinity);
        else {
          expect(sizes[i]! / exact).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(sizes[i]! / exact).toBeLessThan(1.01);
          expect(found.margin[i]).toBeLessThan(0);
        }
      }
      expect(await objective.margin(allRows(400), found.x)).toEqual(found.margin);
    });
  }

  it('counts what a range leaves: the other features must do more', async () => {
    const events = eventsOf([[0.9], [0]], [[1], [1]]);
    const envelope = envelopeOf(2, { high: [1, Infinity] });
    const objective = linearObjective({ weights: [-1, -1], bias: 2.4 });
    const found = await minimalPerturbation()(envelope, events, objective, { size: 3, seed: 1, steps: 6 });
    // margin 1.5; feature 0 takes 0.1 at most, feature 1 the rest.
    expect(minimalSizes(envelope, events, found)[0]).toBeCloseTo(1.4, 1);
    expect(minimalSizes(envelope, events, found)[0]! / 1.4).toBeLessThan(1.01);
  });

  it('of discrete features: the least multiple that fools', async () => {
    const events = eventsOf([[4], [0]], [[2], [1]]);
    const envelope = envelopeOf(2, { step: [1, 0] });
    const objective = linearObjective({ weights: [1, 0], bias: -2.5 });
    const found = await minimalPerturbation()(envelope, events, objective, { size: 3, seed: 1, steps: 6 });
    expect(found.x[0]![0]).toBe(2);
    expect(minimalSizes(envelope, events, found)[0]).toBe(1);
  });
});

it('finds the nearest boundary of a curved margin, as a fine search does', async () => {
  const f = ([a, b]: number[]): number => 1.2 - Math.tanh(a! + 0.5 * b!) - 0.4 * b! * b! - 0.2 * a!;
  const columns = [
    [0, 0.3, -0.2, 0.5, 0.1],
    [0, -0.4, 0.5, 0.2, -1],
  ];
  const events = eventsOf(
    columns,
    columns.map((column) => column.map(() => 0.5)),
  );
  const found = await minimalPerturbation()(
    envelopeOf(2),
    events,
    objectiveOf((x) => f(x)),
    {
      size: 4,
      seed: 1,
      steps: 12,
    },
  );
  const sizes = minimalSizes(envelopeOf(2), events, found);
  for (let i = 0; i < 5; i++) {
    // The least s such that some point on the edge of the square of size s is fooled.
    let least = Infinity;
    for (let s = 0.002; s < 4 && least === Infinity; s += 0.002)
      for (let t = -1; t <= 1 && least === Infinity; t += 0.01)
        for (const [u, v] of [
          [s, t * s],
          [-s, t * s],
          [t * s, s],
          [t * s, -s],
        ])
          if (f([columns[0]![i]! + 0.5 * u!, columns[1]![i]! + 0.5 * v!]) < 0) least = s;
    expect(sizes[i]! / least).toBeLessThan(1.02);
    expect(sizes[i]! / least).toBeGreaterThan(0.98);
  }
});

it('gives each event the result it has alone, and drops what is done', async () => {
  const events = drawnEvents(60, 4);
  const f = (x: number[]): number => 0.4 + Math.tanh(x[0]! - x[1]! * x[2]!) + x[3]! * x[3]!;
  const rows: number[] = [];
  const objective: Objective = {
    ...objectiveOf(f),
    margin: (asked, x) => (rows.push(asked.length), objectiveOf(f).margin(asked, x)),
  };
  const settings = { size: 3, seed: 1, steps: 6 };
  const all = await minimalPerturbation()(envelopeOf(4), events, objective, settings);
  expect(rows.reduce((sum, n) => sum + n, 0)).toBe(all.evaluations);
  for (const i of [0, 31, 59]) {
    const cut = (column: Float64Array): Float64Array => column.slice(i, i + 1);
    const alone: ProbedEvents = {
      length: 1,
      keyLo: events.keyLo.slice(i, i + 1),
      keyHi: events.keyHi.slice(i, i + 1),
      x: events.x.map(cut),
      sigma: events.sigma.map(cut),
    };
    const one = await minimalPerturbation()(envelopeOf(4), alone, objective, settings);
    expect(one.x.map((column) => column[0])).toEqual(all.x.map((column) => column[i]));
    expect(one.margin[0]).toBe(all.margin[i]);
  }
});

it('leaves events that are fooled already or have no margin, and stays inside its size', async () => {
  const events = eventsOf([[-1, NaN, 5, 0.1]], [[1, 1, 1, 0]]);
  const objective = linearObjective({ weights: [1], bias: 0 });
  const found = await minimalPerturbation()(envelopeOf(1), events, objective, { size: 2, seed: 1, steps: 4 });
  expect([...found.x[0]!]).toEqual([-1, NaN, 3, 0.1]);
  expect([...minimalSizes(envelopeOf(1), events, found)]).toEqual([0, NaN, Infinity, Infinity]);
  expect(sizesOf(envelopeOf(1), events, allRows(4), found.x)[2]).toBe(2);
});
