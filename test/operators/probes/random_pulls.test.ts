import { expect, it } from 'vitest';
import { blocksOf } from '../../../operators/probes/blocks.js';
import { sizesOf } from '../../../operators/probes/envelope.js';
import { eventDraws } from '../../../operators/probes/event_draws.js';
import { drawsOfPulls, randomPulls } from '../../../operators/probes/random_pulls.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';

it('moves each block with the probability that is asked for, to its surface, to all sides alike', () => {
  const correlation = [
    [1, 0.6],
    [0.6, 1],
  ];
  const n = 4000;
  const envelope = envelopeOf(3, { groups: [{ members: [0, 2], correlation }] });
  const blocks = blocksOf(envelope);
  const column = (value: number): number[] => new Array<number>(n).fill(value);
  const events = eventsOf([column(0), column(0), column(0)], [column(1), column(1), column(1)]);
  const draws = new Float64Array(drawsOfPulls(blocks));
  const pulls = new Float64Array(3);
  const x = [0, 1, 2].map(() => new Float64Array(n));
  const product = [0, 0, 0];
  let moved = 0;
  for (let i = 0; i < n; i++) {
    eventDraws(events, i, 4, 2, 1, 7, draws);
    randomPulls(blocks, 2, 0.3, draws, pulls);
    expect(Number.isNaN(pulls[0])).toBe(Number.isNaN(pulls[2]));
    if (!Number.isNaN(pulls[1])) expect(Math.abs(pulls[1]!)).toBeCloseTo(2, 14);
    if (Number.isNaN(pulls[0])) continue;
    moved++;
    [x[0]![i], x[2]![i]] = [pulls[0]!, pulls[2]!];
    for (const [k, [a, b]] of (
      [
        [0, 0],
        [0, 2],
        [2, 2],
      ] as const
    ).entries())
      product[k]! += pulls[a]! * pulls[b]!;
  }
  // 0.3 ± 0.007.
  expect(Math.abs(moved / n - 0.3)).toBeLessThan(0.03);
  const sizes = sizesOf(envelope, events, allRows(n), x).filter((size) => size > 0);
  expect(sizes).toHaveLength(moved);
  for (const size of sizes) expect(size).toBeCloseTo(2, 12);
  // ⟨u uᵀ⟩ = s² R / 2 for two whitened directions: 2, 1.2, 2, each ± 0.05.
  for (const [k, expected] of [2, 1.2, 2].entries()) expect(Math.abs(product[k]! / moved - expected)).toBeLessThan(0.2);
});
