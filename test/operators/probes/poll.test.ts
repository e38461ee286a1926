import { expect, it } from 'vitest';
import { nominalPoints } from '../../../operators/probes/best_points.js';
import { correlationAxes } from '../../../operators/probes/correlation_axes.js';
import { pollFeature, pollGroup } from '../../../operators/probes/poll.js';
import { drawnEvents, envelopeOf, eventsOf, linearObjective, reachOf } from '../../support/linear_objective.js';
import { plainObjective } from '../../support/plain_objective.js';

const rows = Int32Array.of(0, 1);

it('tries the levels of a feature from the nominal point, then steps from the best one', async () => {
  const seen: number[] = [];
  const objective = plainObjective(([x]) => {
    seen.push(x!);
    return Math.abs(x! - 10.9);
  });
  const best = await nominalPoints(envelopeOf(1), eventsOf([[10]], [[0.5]]), objective, 2);
  await pollFeature(best, Int32Array.of(0), 0, Uint8Array.of(0));
  expect(seen).toEqual([10, 9, 9.5, 10.5, 11]);
  await pollFeature(best, Int32Array.of(0), 0, Uint8Array.of(2));
  // 1/8 of the size; beyond the box there is only its end, where the best point is.
  expect(seen.slice(5)).toEqual([10.75, 10.875]);
  expect([best.x[0]![0], best.evaluations]).toEqual([10.875, 7]);
});

it('reaches the minimum of a linear margin over an ellipsoid, also where a member is held', async () => {
  const correlation = [
    [1, 0.5, 0.2],
    [0.5, 1, -0.4],
    [0.2, -0.4, 1],
  ];
  const envelope = envelopeOf(3, { groups: [{ members: [0, 1, 2], correlation }] });
  const model = { weights: [1, -2, 0.7], bias: 3 };
  const drawn = drawnEvents(2, 3);
  const events = { ...drawn, sigma: [drawn.sigma[0]!, drawn.sigma[1]!, Float64Array.of(0.2, 0)] };
  const best = await nominalPoints(envelope, events, linearObjective(model), 1.5);
  const nominal = best.margin.slice();
  const group = envelope.groups[0]!;
  await pollGroup(best, rows, group.members, correlationAxes(group), new Uint8Array(2));
  const reach = reachOf(envelope, events, model);
  for (const i of rows) expect((nominal[i]! - best.margin[i]!) / (1.5 * reach[i]!)).toBeCloseTo(1, 9);
});
