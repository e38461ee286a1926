import fc from 'fast-check';
import { expect, it } from 'vitest';
import { steepest } from '../../../operators/probes/steepest.js';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';

const correlation = [
  [1, 0.5],
  [0.5, 1],
];
const envelope = envelopeOf(3, { groups: [{ members: [1, 2], correlation }] });

it('is the sign for a single feature and R g / √(gᵀ R g) for a group', () => {
  const events = eventsOf([[0], [0], [0]], [[1], [1], [1]]);
  const pulls = steepest(
    envelope,
    events,
    allRows(1),
    [[-3], [1], [0]].map((g) => Float64Array.from(g)),
    2,
  );
  expect(pulls).toEqual([[2], [-2], [-1]].map((u) => Float64Array.from(u)));
});

it('is 0 for held values, gradients of 0 and NaN', () => {
  const events = eventsOf(
    [
      [0, 0],
      [0, NaN],
      [0, 0],
    ],
    [
      [0, 1],
      [1, 1],
      [1, 1],
    ],
  );
  const gradient = [
    [1, NaN],
    [0, 1],
    [0, 2],
  ].map((g) => Float64Array.from(g));
  const pulls = steepest(envelope, events, allRows(2), gradient, 1);
  expect(pulls.map((u) => [...u])).toEqual([
    [0, 0],
    [0, 0],
    [0, -1],
  ]);
});

it('has exactly the size, and no other point of the size lowers a linear margin more', () => {
  const number = fc.integer({ min: -2000, max: 2000 }).map((n) => (n + 0.5) / 1000);
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 3, maxLength: 3 }),
      fc.array(number, { minLength: 3, maxLength: 3 }),
      (g, v) => {
        const events = eventsOf([[0], [0], [0]], [[1], [1], [1]]);
        const columns = steepest(
          envelope,
          events,
          allRows(1),
          g.map((value) => Float64Array.of(value)),
          1.5,
        );
        expect(sizesOf(envelope, events, allRows(1), columns)[0]).toBeCloseTo(1.5, 9);
        const lowered = columns.reduce((sum, column, j) => sum + g[j]! * column[0]!, 0);
        const needed = sizesOf(
          envelope,
          events,
          allRows(1),
          v.map((value) => Float64Array.of(value)),
        )[0]!;
        const other = v.reduce((sum, value, j) => sum + (g[j]! * value * 1.5) / needed, 0);
        expect(lowered).toBeLessThanOrEqual(other + 1e-9);
      },
    ),
  );
});
