import { describe, expect, it } from 'vitest';
import { blocksOf, factorOf, isHeld, lengthOf, movingBlocks } from '../../../operators/probes/blocks.js';
import { choleskyOf, envelopeOf, eventsOf } from '../../support/linear_objective.js';

const correlation = [
  [1, 0.5, 0.9],
  [0.5, 1, 0.3],
  [0.9, 0.3, 1],
];
const envelope = envelopeOf(4, { groups: [{ members: [3, 0, 2], correlation }] });

it('puts each feature into one block', () => {
  expect(blocksOf(envelope).map(({ members }) => members)).toEqual([[1], [3, 0, 2]]);
});

describe('isHeld', () => {
  const one = (x: number, sigma: number, step = 0): boolean =>
    isHeld(envelopeOf(1, { low: [-1], high: [5], step: [step] }), eventsOf([[x]], [[sigma]]), 0, 0);

  it('holds what has no uncertainty, is missing or not allowed itself', () => {
    expect(one(1, 1)).toBe(false);
    for (const sigma of [0, NaN, -1]) expect(one(1, sigma)).toBe(true);
    for (const x of [NaN, 5.1, -1.1]) expect(one(x, 1)).toBe(true);
    expect(one(0.3, 1, 0.1)).toBe(false);
    expect(one(0.35, 1, 0.1)).toBe(true);
  });
});

describe('factorOf', () => {
  it('is the Cholesky factor of the rows and columns that are left', () => {
    const group = envelope.groups[0]!;
    const expected = choleskyOf([
      [1, 0.9],
      [0.9, 1],
    ]);
    factorOf(group, [0, 2]).forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 14);
    });
    expect(factorOf(group, [0, 1, 2])).toBe(group.cholesky);
    expect(factorOf(group, [])).toEqual(new Float64Array(0));
  });

  it('is shared by events that hold the same members', () => {
    const events = eventsOf(
      [
        [1, NaN, NaN],
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      Array(4).fill([1, 1, 1]) as number[][],
    );
    const part = movingBlocks(envelope, events, envelope.groups[0]!);
    expect(part(0).moving).toEqual([0, 1, 2]);
    expect(part(1).moving).toEqual([0, 2]);
    expect(part(2)).toBe(part(1));
  });
});

it('lengthOf is √(uᵀ R⁻¹ u)', () => {
  const factor = choleskyOf([
    [1, 0.6],
    [0.6, 1],
  ]);
  // R⁻¹ = [[1, -0.6], [-0.6, 1]] / 0.64
  expect(lengthOf(factor, Float64Array.of(2, -1), 2, new Float64Array(2))).toBeCloseTo(Math.sqrt(7.4 / 0.64), 14);
  expect(lengthOf(Float64Array.of(1), Float64Array.of(-3), 1, new Float64Array(1))).toBe(3);
});
