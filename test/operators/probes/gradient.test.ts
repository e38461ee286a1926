import { describe, expect, it } from 'vitest';
import { gradient } from '../../../operators/probes/gradient.js';
import type { Objective } from '../../../operators/probes/types.js';
import {
  allRows,
  drawnEvents,
  effectiveWeights,
  envelopeOf,
  eventsOf,
  linearObjective,
} from '../../support/linear_objective.js';

const objectiveOf = (f: (x: number[]) => number): Objective => ({
  features: (_rows, x) => x,
  margin: (rows, x) => Promise.resolve(Float64Array.from(rows, (_, r) => f(x.map((column) => column[r]!)))),
});

describe('against analytic gradients', () => {
  it('a linear margin with a feature that follows from others: w_j σ_j', async () => {
    const events = drawnEvents(50, 4);
    const model = { weights: [1, -2, 0.5, 3], bias: 0.2, derived: { of: [0, 2], weight: -0.75 } };
    const found = await gradient(envelopeOf(4), events, linearObjective(model), allRows(50), events.x);
    const weights = effectiveWeights(model);
    for (let j = 0; j < 4; j++)
      for (let i = 0; i < 50; i++) expect(found.gradient[j]![i]).toBeCloseTo(weights[j]! * events.sigma[j]![i]!, 12);
    expect(found.evaluations).toBe(50 * 9);
  });

  it('a tanh network: the error falls as h²', async () => {
    const events = drawnEvents(40, 5);
    const a = [0, 1, 2].map((k) => [0, 1, 2, 3, 4].map((j) => Math.sin(1 + 5 * k + j)));
    const b = [0.7, -1.3, 0.9];
    const hidden = (x: number[]): number[] => a.map((row) => Math.tanh(row.reduce((s, w, j) => s + w * x[j]!, 0)));
    const objective = objectiveOf((x) => hidden(x).reduce((s, h, k) => s + b[k]! * h, 0));
    const worst = async (step: number): Promise<number> => {
      const found = await gradient(envelopeOf(5), events, objective, allRows(40), events.x, { step });
      let largest = 0;
      for (let i = 0; i < 40; i++) {
        const h = hidden(events.x.map((column) => column[i]!));
        for (let j = 0; j < 5; j++) {
          const exact = events.sigma[j]![i]! * h.reduce((s, v, k) => s + b[k]! * (1 - v * v) * a[k]![j]!, 0);
          largest = Math.max(largest, Math.abs(found.gradient[j]![i]! - exact));
        }
      }
      return largest;
    };
    const coarse = await worst(0.2);
    expect(coarse).toBeLessThan(1e-3);
    expect(await worst(0.1)).toBeCloseTo(coarse / 4, 6);
  });

  it('a logistic output, at one end of the range: one-sided', async () => {
    const logistic = (x: number[]): number => 1 / (1 + Math.exp(-2 * x[0]!));
    const events = eventsOf([[1, 0.2]], [[0.01, 0.01]]);
    const asked: number[] = [];
    const objective = objectiveOf((x) => (asked.push(x[0]!), logistic(x)));
    const found = await gradient(envelopeOf(1, { high: [1] }), events, objective, allRows(2), events.x);
    [1, 0.2].forEach((x, i) => {
      const p = logistic([x]);
      expect(found.gradient[0]![i]).toBeCloseTo(0.01 * 2 * p * (1 - p), 5);
    });
    expect(Math.max(...asked)).toBe(1);
    expect(found.evaluations).toBe(5);
  });
});

describe('discrete, held and unanswered values', () => {
  it('takes the neighbours on the grid that are within the size, 0 where there are none', async () => {
    const square = objectiveOf((x) => x[0]! ** 2);
    const envelope = envelopeOf(1, { low: [0], step: [1] });
    const events = eventsOf([[3, 0, 5, 4]], [[1, 1, 1, 2]]);
    const at = async (x: number[], size?: number): Promise<number[]> => {
      const found = await gradient(envelope, events, square, allRows(4), [Float64Array.from(x)], size ? { size } : {});
      return [...found.gradient[0]!];
    };
    // (16 - 4) / 2 · 1, (1 - 0) / 1 at the end, (36 - 16) / 2, (25 - 9) / 2 · 2
    expect(await at([3, 0, 5, 4])).toEqual([6, 1, 10, 16]);
    expect(await at([3, 0, 5, 4], 0.9)).toEqual([0, 0, 0, 16]);
    // At 4 within one σ of 3: the only neighbour is below.
    expect((await at([4, 0, 5, 4], 1))[0]).toBe(7);
  });

  it('asks nothing of held values and gives 0 for NaN', async () => {
    const model = linearObjective({ weights: [1, 1], bias: 0 });
    const events = eventsOf(
      [
        [1, NaN, 1],
        [1, 1, 1],
      ],
      [
        [0, 1, 1],
        [1, 1, 1],
      ],
    );
    const found = await gradient(envelopeOf(2), events, model, allRows(3), events.x);
    expect(found.gradient.map((column) => column.map((g) => Math.round(g * 1e9) / 1e9))).toEqual([
      Float64Array.of(0, 0, 1),
      Float64Array.of(1, 0, 1),
    ]);
    expect(found.margin[1]).toBeNaN();
    expect(found.evaluations).toBe(3 + 2 + 2 + 4);
  });
});

it('is the same for a row alone and among many, in calls of bounded length', async () => {
  const events = drawnEvents(20_000, 3);
  const objective = linearObjective({ weights: [1, 2, 3], bias: 0 });
  const all = await gradient(envelopeOf(3), events, objective, allRows(20_000), events.x);
  expect(objective.calls.length).toBe(3);
  expect(Math.max(...objective.calls)).toBeLessThanOrEqual(65_536);
  for (const i of [0, 9361, 9362, 19_999]) {
    const x = events.x.map((column) => column.slice(i, i + 1));
    const one = await gradient(envelopeOf(3), events, objective, Int32Array.of(i), x);
    expect(one.gradient.map((column) => column[0])).toEqual(all.gradient.map((column) => column[i]));
  }
  const none = await gradient(
    envelopeOf(3),
    events,
    objective,
    new Int32Array(0),
    [[], [], []].map(() => new Float64Array(0)),
  );
  expect(none.evaluations).toBe(0);
});
