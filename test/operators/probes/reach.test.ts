import { describe, expect, it } from 'vitest';
import { cheapestPulls, leastSize, reach, takes } from '../../../operators/probes/reach.js';
import { allRows, envelopeOf, eventsOf } from '../../support/linear_objective.js';

const correlation = [
  [1, 0.6],
  [0.6, 1],
];
const envelope = envelopeOf(4, { low: [-0.4, -9, -9, -9], groups: [{ members: [2, 3], correlation }] });
const events = eventsOf([[0], [0], [0], [0]], [[1], [2], [1], [1]]);
const g = [0.8, -0.5, 1, -2];
const all = reach(
  envelope,
  events,
  allRows(1),
  g.map((value) => Float64Array.of(value)),
);
// gᵀ R g = 1 + 4 - 2 · 0.6 · 2
const norm = Math.sqrt(2.6);

describe('what a linear margin can be lowered by', () => {
  it('is the dual norm, less what a range takes', () => {
    expect(takes(all, 0, 0.3)).toBeCloseTo(0.3 * (0.8 + 0.5 + norm), 14);
    expect(takes(all, 0, 2)).toBeCloseTo(0.4 * 0.8 + 2 * (0.5 + norm), 14);
  });

  it('gives the least size by inversion, the most if that is not enough', () => {
    for (const s of [0.1, 0.4, 1.7]) expect(leastSize(all, 0, takes(all, 0, s), 5)).toBeCloseTo(s, 12);
    expect(leastSize(all, 0, 1e9, 5)).toBe(5);
  });
});

const cheapest = (wanted: number, size: number, ratio: number): number[] =>
  cheapestPulls(all, 1, Float64Array.of(wanted), Float64Array.of(size), ratio).map((column) => column[0]!);

describe('the cheapest pulls', () => {
  const directions = [0.8, -0.5, 1 - 0.6 * 2, 0.6 - 2];
  const square = 0.8 ** 2 + 0.5 ** 2 + 2.6;

  it('inside all bounds: u = −κ R g with κ = wanted / (ratio / k + gᵀ R g)', () => {
    for (const ratio of [0, 0.5, 8]) {
      const kappa = 0.7 / (ratio / 4 + square);
      cheapest(0.7, 9, ratio).forEach((u, j) => {
        expect(u).toBeCloseTo(-kappa * directions[j]!, 12);
      });
    }
  });

  it('fill up bounded blocks first and take exactly what is wanted', () => {
    const u = cheapest(2, 1, 0);
    expect(u[0]).toBeCloseTo(-0.4, 12);
    expect(u.reduce((sum, pull, j) => sum + pull * g[j]!, 0)).toBeCloseTo(-2, 10);
    // Free blocks share κ.
    const kappa = u[1]! / 0.5;
    expect(u[2]! / -directions[2]!).toBeCloseTo(Math.min(kappa, 1 / norm), 10);
  });

  it('cost less than any other that does as much', () => {
    const cost = (u: number[], ratio: number): number => {
      const eta = (u[0]! ** 2 + u[1]! ** 2 + (u[2]! ** 2 + u[3]! ** 2 - 1.2 * u[2]! * u[3]!) / 0.64) / 4;
      return ratio * eta + (2 + u.reduce((sum, pull, j) => sum + pull * g[j]!, 0)) ** 2;
    };
    for (const ratio of [0.1, 1, 10]) {
      const best = cheapest(2, 0.9, ratio);
      for (let k = 0; k < 81; k++) {
        const step = [k % 3, Math.floor(k / 3) % 3, Math.floor(k / 9) % 3, Math.floor(k / 27)].map(
          (t) => (t - 1) * 1e-3,
        );
        const u = best.map((pull, j) => pull + step[j]!);
        const size = Math.sqrt((u[2]! ** 2 + u[3]! ** 2 - 1.2 * u[2]! * u[3]!) / 0.64);
        if (u[0]! < -0.4 || Math.abs(u[1]!) > 0.9 || size > 0.9) continue;
        expect(cost(u, ratio)).toBeGreaterThanOrEqual(cost(best, ratio) - 1e-12);
      }
    }
  });

  it('without a slope or without a need stay at 0', () => {
    const flat = reach(
      envelope,
      events,
      allRows(1),
      g.map(() => Float64Array.of(0)),
    );
    const none = cheapestPulls(flat, 1, Float64Array.of(1), Float64Array.of(1), 0);
    expect(none.map((column) => Math.abs(column[0]!))).toEqual([0, 0, 0, 0]);
    expect(
      cheapest(0, 1, 1)
        .map(Math.abs)
        .every((u) => u < 1e-12),
    ).toBe(true);
  });
});
