import { expect, it } from 'vitest';
import { directionsOf, downhill, hadamard } from '../../../operators/probes/directions.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';
import { sizesOf } from '../../../operators/probes/envelope.js';

const envelope = envelopeOf(4, {
  groups: [
    {
      members: [0, 2],
      correlation: [
        [1, 0.5],
        [0.5, 1],
      ],
    },
  ],
});
const events = eventsOf([[0], [0], [0], [0]], [[1], [1], [1], [1]]);

/** The size of Σ amount_q d_q, by block: x1, x3, the group. */
function sizes(amounts: ArrayLike<number>): number[] {
  const x = [0, 1, 2, 3].map(() => new Float64Array(1));
  for (const [q, { members, pulls }] of directionsOf(envelope).entries()) {
    for (const [a, j] of members.entries()) x[j]![0]! += amounts[q]! * pulls[a]!;
  }
  return [[1], [3], [0, 2]].map((kept) => {
    const only = x.map((column, j) => (kept.includes(j) ? column : new Float64Array(1)));
    return sizesOf(envelope, events, allRows(1), only)[0]!;
  });
}

it('spans every block, with all sums of ± directions on its surface', () => {
  for (const signs of [
    [1, 1, 1, 1],
    [-1, 1, 1, -1],
    [1, -1, -1, -1],
  ]) {
    for (const size of sizes(signs)) expect(size).toBeCloseTo(1, 13);
  }
});

it('goes to the surface along the descent, and nowhere where there is none', () => {
  const amounts = downhill(
    directionsOf(envelope),
    [2, 0, -0.3, 0.4].map((d) => Float64Array.of(NaN, d)),
    1,
  );
  expect([...amounts].map((amount) => Math.round(amount * 1e12) / 1e12)).toEqual([
    1,
    0,
    Math.round(-0.6 * Math.SQRT2 * 1e12) / 1e12,
    Math.round(0.8 * Math.SQRT2 * 1e12) / 1e12,
  ]);
  const [first, second, group] = sizes(amounts);
  expect([first, second]).toEqual([1, 0]);
  expect(group).toBeCloseTo(1, 13);
});

it('has orthogonal rows: H Hᵀ = n', () => {
  for (const n of [4, 32, 512]) {
    for (const [a, b] of [
      [0, 1],
      [3, 2],
      [n - 1, 1],
      [n / 2, n / 2],
    ] as const) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += hadamard(a, k) * hadamard(b, k);
      expect(sum).toBe(a === b ? n : 0);
    }
  }
});
