import { expect, it } from 'vitest';
import { inSlices, nominalPoints, offer, open } from '../../../operators/probes/best_points.js';
import { envelopeOf, eventsOf, linearObjective } from '../../support/linear_objective.js';
import { plainObjective } from '../../support/plain_objective.js';

it('keeps the lowest of several candidates of an event, the first of equals, and asks for none twice', async () => {
  const objective = linearObjective({ weights: [1, 0], bias: 0 });
  const events = eventsOf(
    [
      [0, 10],
      [0, 0],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  );
  const best = await nominalPoints(envelopeOf(2), events, objective, 1);
  const x = [Float64Array.of(-0.5, -3, -1, 10, 0.5), Float64Array.of(0, 0.25, 0.75, 0, 0)];
  const margin = await offer(best, Int32Array.of(0, 0, 0, 1, 0), x);
  // The second is moved into the box; the fourth is where its event is already.
  expect([...margin]).toEqual([-0.5, -1, -1, 10, 0.5]);
  expect(best.x.map((column) => [...column])).toEqual([
    [-1, 10],
    [0.25, 0],
  ]);
  expect([...best.margin]).toEqual([-1, 10]);
  expect(objective.calls).toEqual([2, 4]);
  expect(best.evaluations).toBe(6);
  expect([...open(best, Int32Array.of(0, 1), 0)]).toEqual([1]);
});

it('hands the model no more rows than it may at once, and asks nothing of no rows', async () => {
  const n = 70_000;
  const calls: number[] = [];
  const plain = plainObjective(([x]) => -x!);
  const column = new Array<number>(n).fill(1);
  const objective = {
    ...plain,
    margin: (rows: Int32Array, x: readonly Float64Array[]) => {
      calls.push(rows.length);
      return plain.margin(rows, x);
    },
  };
  const best = await nominalPoints(envelopeOf(1), eventsOf([column], [column]), objective, 1);
  expect(calls).toEqual([65_536, 4464]);
  expect(best.margin.every((margin) => margin === -1)).toBe(true);
  await offer(best, new Int32Array(0), [new Float64Array(0)]);
  expect(calls).toHaveLength(2);
});

it('goes through the events in slices and tells the part that is done', async () => {
  const seen: number[] = [];
  const done: number[] = [];
  const search = async (rows: Int32Array, progress: (part: number) => void | Promise<void>): Promise<void> => {
    seen.push(...rows);
    await progress(0.5);
  };
  await inSlices(5, 2, search, (part) => void done.push(part));
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(done).toEqual([0.2, 0.4, 0.6, 0.8, 0.9, 1]);
});
