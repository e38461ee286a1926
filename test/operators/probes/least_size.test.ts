import { expect, it } from 'vitest';
import { nominalPoints } from '../../../operators/probes/best_points.js';
import { keep } from '../../../operators/probes/boundary.js';
import { project, sizesOf } from '../../../operators/probes/envelope.js';
import { tighten } from '../../../operators/probes/least_size.js';
import { allRows, drawnEvents, envelopeOf, linearObjective, reachOf } from '../../support/linear_objective.js';

it('takes a fooled point by one feature alone to the least size of all of them', async () => {
  const correlation = [
    [1, -0.6],
    [-0.6, 1],
  ];
  const envelope = envelopeOf(4, { groups: [{ members: [1, 3], correlation }] });
  const events = drawnEvents(40, 4);
  const model = { weights: [2, -1, 0.5, 1], bias: 3.5 };
  const best = await nominalPoints(envelope, events, linearObjective(model), 100);
  const nominal = best.margin.slice();
  const x = events.x.map((column, j) => (j === 0 ? column.map((value) => value - 4) : column.slice()));
  project(envelope, events, allRows(40), x, 100);
  keep(best, allRows(40), x, await linearObjective(model).margin(allRows(40), x));
  const rows = allRows(40).filter((i) => nominal[i]! > 0 && best.margin[i]! < 0);
  expect(rows.length).toBeGreaterThan(30);
  await tighten(best, nominal, rows, {});
  const sizes = sizesOf(envelope, events, allRows(40), best.x);
  const reach = reachOf(envelope, events, model);
  for (const i of rows) {
    expect(best.margin[i]).toBeLessThan(0);
    expect(sizes[i]! / (nominal[i]! / reach[i]!)).toBeGreaterThanOrEqual(1);
    expect(sizes[i]! / (nominal[i]! / reach[i]!)).toBeLessThan(1.01);
  }
});
