import { describe, expect, it } from 'vitest';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { priorRange } from '../../../operators/probes/penalties.js';
import { projectedGradient } from '../../../operators/probes/projected_gradient.js';
import type { Objective, ProbedEvents } from '../../../operators/probes/types.js';
import {
  allRows,
  drawnEvents,
  envelopeOf,
  eventsOf,
  linearObjective,
  reachOf,
} from '../../support/linear_objective.js';

const correlation = [
  [1, 0.7, -0.2],
  [0.7, 1, 0.3],
  [-0.2, 0.3, 1],
];
const envelopes = {
  box: envelopeOf(6),
  ellipsoid: envelopeOf(6, { groups: [{ members: [0, 3, 5], correlation }] }),
};
const model = { weights: [1, -2, 0.5, 1.5, -0.3, 0.8], bias: 0.6, derived: { of: [0, 1], weight: 0.7 } };

const objectiveOf = (f: (x: number[]) => number): Objective => ({
  features: (_rows, x) => x,
  margin: (rows, x) => Promise.resolve(Float64Array.from(rows, (_, r) => f(x.map((column) => column[r]!)))),
});

describe('a linear margin', () => {
  for (const [name, envelope] of Object.entries(envelopes)) {
    for (const steps of [1, 10]) {
      it(`reaches the closed-form optimum and fooling ratio of the ${name} in ${steps} steps`, async () => {
        const events = drawnEvents(500, 6);
        const objective = linearObjective(model);
        const nominal = await objective.margin(allRows(500), events.x);
        const reach = reachOf(envelope, events, model);
        for (const size of [0.5, 1, 3]) {
          const found = await projectedGradient()(envelope, events, objective, { size, seed: 1, steps });
          let [fooled, expected] = [0, 0];
          for (let i = 0; i < 500; i++) {
            const optimum = nominal[i]! - size * reach[i]!;
            expect(Math.abs(found.margin[i]! - optimum)).toBeLessThan(1e-6 * size * reach[i]!);
            if (found.margin[i]! < 0) fooled++;
            if (optimum < 0) expected++;
          }
          expect(fooled).toBe(expected);
          expect(Math.max(...sizesOf(envelope, events, allRows(500), found.x))).toBeLessThanOrEqual(size * (1 + 1e-12));
        }
      });
    }
  }

  it('with λ χ²: pulls −k w_j σ_j / 2λ, clipped to s', async () => {
    const events = drawnEvents(200, 3);
    const weights = [1, -2, 0.4];
    const lambda = 0.3;
    const found = await projectedGradient({ lambdaChi2: lambda })(
      envelopeOf(3),
      events,
      linearObjective({ weights, bias: 0 }),
      { size: 1, seed: 1, steps: 60 },
    );
    const loss = (u: number[], i: number): number =>
      u.reduce((sum, pull, j) => sum + weights[j]! * pull * events.sigma[j]![i]! + (lambda * pull * pull) / 3, 0);
    for (let i = 0; i < 200; i++) {
      const best = weights.map((w, j) => Math.max(-1, Math.min(1, (-3 * w * events.sigma[j]![i]!) / (2 * lambda))));
      const u = found.x.map((column, j) => (column[i]! - events.x[j]![i]!) / events.sigma[j]![i]!);
      expect(loss(u, i)).toBeLessThan(0.99 * loss(best, i));
    }
  });

  it('with λ L_prior: stays nearer to where the nominal events are', async () => {
    const events = drawnEvents(500, 2);
    const objective = linearObjective({ weights: [1, 1], bias: 0 });
    const prior = priorRange(events);
    const run = (lambdaPrior: number): Promise<{ x: readonly Float64Array[] }> =>
      projectedGradient({ lambdaPrior, prior })(envelopeOf(2), events, objective, { size: 3, seed: 1, steps: 40 });
    const lowest = (x: readonly Float64Array[]): number => Math.min(...x[0]!) - prior.low[0]!;
    expect(lowest((await run(0)).x)).toBeLessThan(-0.25);
    expect(lowest((await run(10)).x)).toBeGreaterThan(-0.05);
    await expect(
      projectedGradient({ lambdaPrior: 1 })(envelopeOf(2), events, objective, { size: 1, seed: 1, steps: 1 }),
    ).rejects.toThrow('prior range of the projected gradient: missing, lambdaPrior needs one (see priorRange)');
  });
});

it('finds the minimum of a curved margin in the box, as a fine grid does', async () => {
  const f = ([a, b]: number[]): number => 1 + Math.tanh(2 * a! - b!) - 0.8 * Math.tanh(a! + b! - 0.3) + 0.3 * a! * b!;
  const events = eventsOf(
    [
      [0, 0.3, -0.5, 1, 0.1],
      [0, -0.4, 0.5, 0.2, -1],
    ],
    [
      [0.3, 0.2, 0.4, 0.3, 0.3],
      [0.3, 0.4, 0.1, 0.3, 0.3],
    ],
  );
  const found = await projectedGradient()(
    envelopeOf(2),
    events,
    objectiveOf((x) => f(x)),
    { size: 1, seed: 1, steps: 40 },
  );
  for (let i = 0; i < 5; i++) {
    let lowest = Infinity;
    for (let p = -100; p <= 100; p++)
      for (let q = -100; q <= 100; q++)
        lowest = Math.min(lowest, f([p, q].map((u, j) => events.x[j]![i]! + (u / 100) * events.sigma[j]![i]!)));
    const nominal = f(events.x.map((column) => column[i]!));
    expect(found.margin[i]).toBeLessThan(lowest + 0.01 * (nominal - lowest));
  }
});

describe('an event', () => {
  const events = drawnEvents(40, 4);
  const objective = objectiveOf((x) => Math.tanh(x[0]! - x[1]! * x[2]!) + x[3]! * x[3]!);
  const cut = (from: number, to: number): ProbedEvents => ({
    length: to - from,
    keyLo: events.keyLo.slice(from, to),
    keyHi: events.keyHi.slice(from, to),
    x: events.x.map((column) => column.slice(from, to)),
    sigma: events.sigma.map((column) => column.slice(from, to)),
  });
  const settings = { size: 2, seed: 1, steps: 8 };

  it('has the same result alone', async () => {
    const all = await projectedGradient()(envelopeOf(4), events, objective, settings);
    for (const i of [0, 21, 39]) {
      const one = await projectedGradient()(envelopeOf(4), cut(i, i + 1), objective, settings);
      expect(one.x.map((column) => column[0])).toEqual(all.x.map((column) => column[i]));
      expect(one.margin[0]).toBe(all.margin[i]);
    }
  });

  it('is never worse than where it was, stays without margin, and stops when it is enough', async () => {
    const nominal = await objective.margin(allRows(40), events.x);
    const odd: Objective = {
      features: objective.features,
      margin: async (rows, x) =>
        (await objective.margin(rows, x)).map((m, r) => (rows[r] === 3 || x[0]![r]! > 0.9 ? NaN : m)),
    };
    const found = await projectedGradient({ enough: 0 })(envelopeOf(4), events, odd, settings);
    found.margin.forEach((margin, i) => {
      if (i === 3 || events.x[0]![i]! > 0.9) {
        expect(margin).toBeNaN();
        expect(found.x.map((column) => column[i])).toEqual(events.x.map((column) => column[i]));
      } else if (nominal[i]! < 0) expect(margin).toBe(nominal[i]);
      else expect(margin).toBeLessThanOrEqual(nominal[i]!);
    });
    const none = await projectedGradient()(envelopeOf(4), cut(0, 0), objective, settings);
    expect(none.margin.length).toBe(0);
  });
});

it('tells how far it is', async () => {
  const done: number[] = [];
  const events = drawnEvents(10, 2);
  await projectedGradient()(envelopeOf(2), events, linearObjective({ weights: [1, 1], bias: 1 }), {
    size: 1,
    seed: 1,
    steps: 5,
    onProgress: (part) => void done.push(part),
  });
  expect(done.at(-1)).toBe(1);
  expect([...done].sort((a, b) => a - b)).toEqual(done);
});
