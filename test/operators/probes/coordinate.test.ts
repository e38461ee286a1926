import { expect, it } from 'vitest';
import { coordinate } from '../../../operators/probes/coordinate.js';
import { drawnEvents, envelopeOf, linearObjective } from '../../support/linear_objective.js';
import { searchSuite } from '../../support/search_suite.js';

searchSuite(coordinate());

it('reaches the corner of the box in one sweep of 4 d margins an event', async () => {
  const objective = linearObjective({ weights: [1, -2, 0.5], bias: 0 });
  const events = drawnEvents(10, 3);
  const { x, evaluations } = await coordinate()(envelopeOf(3), events, objective, { size: 2, seed: 1, steps: 1 });
  expect(x.map((column) => column[7])).toEqual(
    [-2, 2, -2].map((pull, j) => events.x[j]![7]! + pull * events.sigma[j]![7]!),
  );
  expect(evaluations).toBe(10 * (1 + 4 * 3));
  // A few calls of all events at once.
  expect(objective.calls).toHaveLength(4);
});

it('leaves events alone that are below what is enough', async () => {
  const model = { weights: [1, 1], bias: 0 };
  const events = drawnEvents(100, 2);
  const enough = await coordinate({ enough: 0 })(envelopeOf(2), events, linearObjective(model), {
    size: 1,
    seed: 1,
    steps: 9,
  });
  const nominal = await linearObjective(model).margin(
    Int32Array.from({ length: 100 }, (_, i) => i),
    events.x,
  );
  for (const [i, margin] of nominal.entries()) if (margin < 0) expect(enough.margin[i]).toBe(margin);
  expect(nominal.filter((margin) => margin < 0).length).toBeGreaterThan(20);
});
