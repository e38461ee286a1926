import { describe, expect, it } from 'vitest';
import { histogram, type HistogramState } from '../../../operators/summaries/histogram.js';
import { entriesOf, locate, nextSlot, rankOf } from '../../../operators/summaries/rank.js';
import { filled } from './rows.js';

const row = [0, 2, 0, 1, -1, 3, 0];
const at = (slot: number): number => row[slot]!;

it('locates the first slot whose running sum passes a rank, else the last that holds something', () => {
  expect(locate(at, 7, 0)).toEqual({ slot: 1, before: 0, entry: 2 });
  expect(locate(at, 7, 1.99)).toEqual({ slot: 1, before: 0, entry: 2 });
  expect(locate(at, 7, 2)).toEqual({ slot: 3, before: 2, entry: 1 });
  expect(locate(at, 7, 3)).toEqual({ slot: 5, before: 2, entry: 3 });
  expect(locate(at, 7, 100)).toEqual({ slot: 5, before: 2, entry: 3 });
  expect(locate(() => 0, 7, 0).slot).toBe(-1);
  expect([nextSlot(at, 7, 0), nextSlot(at, 7, 2), nextSlot(at, 7, 6)]).toEqual([1, 3, undefined]);
});

describe('rankOf', () => {
  const of = (x: number[], weight?: number[]): HistogramState =>
    filled(histogram, { bins: [4, 0, 1], groups: 1, weighted: weight !== undefined }, { columns: [x], weight });

  it('is (n − 1) p, and p n passing, flow bins included, NaN not', () => {
    const hist = of([-1, 0.1, 0.2, 0.9, 7, NaN]);
    expect(rankOf(hist, 0, 0.5, 'linear')).toBe(2);
    expect(rankOf(hist, 0, 0.5, 'passing')).toBe(2);
    expect(rankOf(hist, 0, 1, 'passing')).toBe(5);
  });

  it('is p (Σw − Σw / n_eff) with weights', () => {
    const hist = of([0.1, 0.3, 0.4], [1, 2, 3]);
    // n_eff = 36 / 14.
    expect(rankOf(hist, 0, 0.5, 'linear')).toBeCloseTo(0.5 * (6 - 14 / 6), 14);
    expect(rankOf(hist, 0, 0.25, 'passing')).toBeCloseTo(1.5, 11);
    expect(entriesOf(hist, 0)(1)).toBe(1);
    expect(entriesOf(hist, 0)(2)).toBe(5);
  });

  it('says when there is none', () => {
    expect(rankOf(of([]), 0, 0.5, 'linear')).toBeNaN();
    expect(rankOf(of([NaN]), 0, 0.5, 'linear')).toBeNaN();
    expect(rankOf(of([0.1, 0.2], [1, -1]), 0, 0.5, 'linear')).toBe(-Infinity);
  });
});
