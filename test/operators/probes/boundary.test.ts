import { expect, it } from 'vitest';
import { nominalPoints } from '../../../operators/probes/best_points.js';
import { backToBoundary } from '../../../operators/probes/boundary.js';
import { allRows, envelopeOf, eventsOf, linearObjective } from '../../support/linear_objective.js';
import type { Objective } from '../../../operators/probes/types.js';

const events = eventsOf([[0, 0, 0]], [[1, 1, 1]]);

async function back(objective: Objective, ends: number[]): Promise<{ x: number[]; margin: number[]; asked: number }> {
  const best = await nominalPoints(envelopeOf(1), events, objective, 10);
  const x = [Float64Array.from(ends)];
  const margin = await objective.margin(allRows(3), x);
  await backToBoundary(best, allRows(3), best.margin.slice(), x, margin);
  expect(await objective.margin(allRows(3), x)).toEqual(margin);
  return { x: [...x[0]!], margin: [...margin], asked: best.evaluations };
}

it('ends just behind the boundary: of a straight margin after two tries', async () => {
  const { x, margin, asked } = await back(linearObjective({ weights: [-1], bias: 0.5 }), [10, 2, 0.6]);
  for (const value of x) {
    expect(value).toBeGreaterThan(0.5);
    expect(value).toBeLessThanOrEqual(0.5 * 1.002 + 10 * 0.0005);
  }
  expect(Math.max(...margin)).toBeLessThan(0);
  expect(asked).toBeLessThanOrEqual(3 + 3 * 6);
});

it('of a margin with a wall, one that answers nothing nearby, and one that is 0 there', async () => {
  const wall: Objective = {
    features: (_rows, x) => x,
    margin: (rows, x) =>
      Promise.resolve(
        Float64Array.from(rows, (row, r) => {
          const value = x[0]![r]!;
          if (row === 0) return value > 1 ? -1000 : 1;
          if (row === 1) return value === 0 ? 1 : value > 1 ? -1 : NaN;
          return value > 1 ? -1 : 0;
        }),
      ),
  };
  for (const value of (await back(wall, [8, 8, 8])).x) {
    expect(value).toBeGreaterThan(1);
    expect(value).toBeLessThan(1.003);
  }
});
