import { describe, expect, test } from 'vitest';
import { pullsOf } from '../../../operators/probes/envelope.js';
import { proposals } from '../../../operators/probes/proposals.js';
import { drawnEvents, envelopeOf } from '../../support/linear_objective.js';

const envelope = envelopeOf(2);
const events = drawnEvents(3, 2);
const rows = Int32Array.of(2, 0);
const x = events.x.map((column) => Float64Array.from(rows, (i) => column[i]!));
const same = (a: number, b: number): Float64Array[] => [Float64Array.of(a, a), Float64Array.of(b, b)];

/** Pulls of the candidates of row r. */
function pullsAt(r: number, margin: readonly number[], g: Float64Array[], h: Float64Array[], at = x): number[][] {
  const found = proposals(envelope, events, rows, at, Float64Array.from(margin), g, h, 2);
  expect([...found.rows]).toEqual(Array.from({ length: 8 }, () => [2, 0]).flat());
  const pulls = pullsOf(envelope, events, found.rows, found.x);
  return Array.from({ length: 8 }, (_, c) => pulls.map((column) => Number(column[2 * c + r]!.toFixed(9)) + 0));
}

describe('proposals', () => {
  test('the whole way of −s sign(g + share h), and as far as the linear margin needs', () => {
    // margin 1, falls by 2 (3 + 1) = 8 on the whole way: 1/8 of it and 5 % more.
    const found = pullsAt(1, [9, 1], same(3, -1), same(0, 0));
    expect(found.slice(0, 2)).toEqual([
      [-2, 2],
      [-2 * 0.13125, 2 * 0.13125],
    ]);
  });

  test('the share of the pressure turns the direction where it outweighs the margin; relief does not raise it', () => {
    // g = (¾, −¼), h = (0, 1): g + ½ h = (¾, ¼), and relief has nothing that does not raise the margin.
    const found = pullsAt(0, [1, 1], same(3, -1), same(0, 5));
    expect([found[0], found[2], found[4], found[6]]).toEqual([
      [-2, 2],
      [-2, -2],
      [-2, -2],
      [0, 0],
    ]);
    expect(pullsAt(0, [1, 1], same(3, -1), same(0, -5))[6]).toEqual([0, 2]);
  });

  test('a fooled event: toward nominal as far as it stays fooled', () => {
    const moved = x.map((column, j) => column.map((value, r) => value - 2 * events.sigma[j]![rows[r]!]!));
    // At pulls (−2, −2) with g = (1, 1): the way back raises the margin by 4; 0.9 · 1/4 of it may be gone.
    const found = pullsAt(0, [-1, -1], same(1, 1), same(-1, -1), moved);
    expect(found[0]).toEqual([-2 + 0.225 * 2, -2 + 0.225 * 2]);
    expect(pullsAt(0, [-9, -1], same(1, 1), same(-1, -1), moved)[0]).toEqual([0, 0]);
  });

  test('no gradient, no way', () => {
    for (const pulls of pullsAt(0, [1, 1], same(0, 0), same(0, 0))) expect(pulls).toEqual([0, 0]);
  });
});
