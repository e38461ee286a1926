import { expect, it } from 'vitest';
import { nominalPoints } from '../../../operators/probes/best_points.js';
import { lineSearch } from '../../../operators/probes/line_search.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';
import type { Objective } from '../../../operators/probes/types.js';

/** margin = (x − 1)²: least at 1. */
const square: Objective & { asked: number } = {
  asked: 0,
  features: (_, x) => x,
  margin(rows, x) {
    this.asked += rows.length;
    return Promise.resolve(x[0]!.map((value) => (value - 1) ** 2));
  },
};

it('keeps the part of a step that lowers the margin most, and says which', async () => {
  const best = await nominalPoints(envelopeOf(1), eventsOf([[0, 0, 1]], [[1, 1, 1]]), square, 4);
  const length = Float64Array.of(4, 2, 4);
  const direction = [Float64Array.of(1, 1, 1)];
  const loss = best.margin.slice();
  const isTried = (): boolean => true;
  const nominal = best.margin.slice();
  const taken = await lineSearch(best, allRows(3), direction, { length, loss, nominal, isTried });
  // From 0: 4, 2, 1, 0.5 have margins 9, 1, 0, 0.25; 2, 1, 0.5, 0.25 the least at 1. At 1 nothing is better.
  expect([...taken]).toEqual([1 / 4, 1 / 2, 0]);
  expect([...best.x[0]!]).toEqual([1, 1, 1]);
  expect([...loss]).toEqual([0, 0, 0]);
});

it('asks only for the parts that are tried, and never again for a point that has not moved', async () => {
  square.asked = 0;
  const best = await nominalPoints(
    envelopeOf(1),
    eventsOf([[0, 0]], [[1, 1]]),
    { ...square, nominal: Float64Array.of(1, 1) },
    1,
  );
  expect(best.evaluations).toBe(0);
  const direction = [Float64Array.of(1, 0)];
  const settings = { length: Float64Array.of(1, 1), loss: best.margin.slice(), nominal: best.margin.slice() };
  const taken = await lineSearch(best, allRows(2), direction, { ...settings, isTried: (_, part) => part === 1 });
  expect([...taken]).toEqual([1, 0]);
  expect(best.evaluations).toBe(1);
});
