import { expect, it } from 'vitest';
import { nominalPoints, type BestPoints } from '../../../operators/probes/best_points.js';
import { descend } from '../../../operators/probes/descent.js';
import { allRows, drawnEvents, envelopeOf, eventsOf, linearObjective } from '../../support/linear_objective.js';

const weights = [1, -2, 0.5];
const start = (size: number): Promise<BestPoints> =>
  nominalPoints(envelopeOf(3), drawnEvents(30, 3), linearObjective({ weights, bias: 0.1 }), size);

it('lowers the rows it is given and no others', async () => {
  const best = await start(1);
  const before = best.margin.slice();
  await descend(best, Int32Array.of(3, 7), 5, {});
  best.margin.forEach((margin, i) => {
    if (i === 3 || i === 7) expect(margin).toBeLessThan(before[i]!);
    else expect(margin).toBe(before[i]);
  });
});

it('asks no more once nothing moves: a linear margin is done after the second gradient', async () => {
  const best = await start(1);
  await descend(best, allRows(30), 100, {});
  // The nominal point, two gradients of 7 rows, 4 lengths along the first and at most 4 along the second.
  expect(best.evaluations).toBeLessThanOrEqual(30 * (1 + 2 * 7 + 8));
});

it('leaves an event once it is fooled, and where its margin would rise for a smaller penalty', async () => {
  const best = await start(3);
  await descend(best, allRows(30), 10, { enough: 0 });
  const fooled = best.margin.map((margin) => (margin < 0 ? 1 : 0));
  const asked = best.evaluations;
  await descend(
    best,
    allRows(30).filter((i) => fooled[i] === 1),
    10,
    { enough: 0 },
  );
  expect(best.evaluations).toBe(asked);

  const outside = await nominalPoints(
    envelopeOf(1),
    eventsOf([[2]], [[1]]),
    linearObjective({ weights: [-1], bias: 3 }),
    1,
  );
  await descend(outside, allRows(1), 10, { lambdaPrior: 100, prior: { low: [-1], high: [1] } });
  expect([...outside.x[0]!]).toEqual([2]);
});

it('size 0 moves nothing', async () => {
  const best = await start(0);
  const before = best.margin.slice();
  await descend(best, allRows(30), 10, {});
  expect(best.margin).toEqual(before);
});

it('asks one row of an event whose gradient promises less than half of what it needs, and none for a known slope', async () => {
  const objective = linearObjective({ weights: [-1], bias: 10 });
  const best = await nominalPoints(envelopeOf(1), eventsOf([[0, 9.5]], [[1, 1]]), objective, 1);
  const slope = [Float64Array.of(-1, -1)];
  best.evaluations = 0;
  await descend(best, allRows(2), 10, { enough: 0, hopeless: 0.5, slope });
  // The first can fall from 10 to 9, no nearer to 0 than that; the second falls from 0.5 to -0.5 with its first step.
  expect([...best.margin]).toEqual([9, -0.5]);
  expect(best.evaluations).toBe(2);
});
