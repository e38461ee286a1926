import { expect, it } from 'vitest';
import { evolutionary } from '../../../operators/probes/evolutionary.js';
import { allRows, drawnEvents, envelopeOf, linearObjective, reachOf } from '../../support/linear_objective.js';
import { plainObjective } from '../../support/plain_objective.js';
import { problemOf } from '../../support/problem_of.js';
import { searchSuite } from '../../support/search_suite.js';

searchSuite(evolutionary());

it('comes near the optimum with fewer pairs than features', async () => {
  const events = drawnEvents(100, 20);
  const model = { weights: Array.from({ length: 20 }, (_, j) => ((j * 7) % 5) - 1.5), bias: 0 };
  const objective = linearObjective(model);
  const nominal = await objective.margin(allRows(100), events.x);
  const reach = reachOf(envelopeOf(20), events, model);
  const settings = { size: 1, seed: 1, steps: 30 };
  const { margin } = await evolutionary({ population: 16 })(envelopeOf(20), events, objective, settings);
  const parts = margin.map((m, i) => (nominal[i]! - m) / reach[i]!);
  expect(parts.reduce((sum, part) => sum + part, 0) / 100).toBeGreaterThan(0.95);
});

it('finds the minimum of a curved margin inside the box', async () => {
  const objective = plainObjective(([a, b]) => (a! - 0.3) ** 2 + (a! + b! - 0.1) ** 2);
  const events = { ...drawnEvents(50, 2), sigma: [new Float64Array(50).fill(1), new Float64Array(50).fill(1)] };
  const { margin } = await evolutionary()(envelopeOf(2), events, objective, { size: 2, seed: 1, steps: 60 });
  for (const reached of margin) expect(reached).toBeLessThan(0.05);
});

it('asks for at most λ + 2 margins a generation, in two or three calls of all events', async () => {
  const objective = linearObjective({ weights: [1, -2, 0.5, 1, 1], bias: 0 });
  const settings = { size: 2, seed: 1, steps: 1 };
  const { evaluations } = await evolutionary()(envelopeOf(5), drawnEvents(10, 5), objective, settings);
  expect(evaluations).toBeLessThanOrEqual(10 * (1 + 16 + 2));
  expect(objective.calls.length).toBeLessThanOrEqual(4);
});

it('refuses a population that is not a power of 2', async () => {
  const problem = await problemOf(() => evolutionary({ population: 20 }));
  expect(problem.message).toBe('population 20 of an evolutionary search: expected a power of 2 from 8 to 1024');
});
