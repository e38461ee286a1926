import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileKnots } from '../../../operators/locality/knots.js';
import { contextCells, type ContextCellsState } from '../../../operators/summaries/context_cells.js';
import { filled } from '../summaries/rows.js';
import { absEta, pt, reference } from './reference.js';

const cells = (...x: readonly (readonly number[])[]): ContextCellsState =>
  filled(contextCells, { dimensions: 1, groups: 1, maxCells: 2 ** 12 }, { columns: [x.flat()] });
const close = (knots: readonly number[], expected: readonly number[]): void => {
  expect(knots).toHaveLength(expected.length);
  knots.forEach((knot, k) => {
    // Values are known to 2^-11 of themselves.
    expect(Math.abs(knot - expected[k]!)).toBeLessThanOrEqual(2 ** -11 * Math.abs(expected[k]!) + 1e-300);
  });
};
const many = (x: number, n: number): number[] => Array<number>(n).fill(x);

describe('quantileKnots', () => {
  it('equals the quantiles that NumPy finds of the cells', () => {
    expect(quantileKnots(cells([...pt[0]], [...pt[1]]), reference.pipeline.knots.pt!)).toHaveLength(7);
    quantileKnots(cells([...pt[0]], [...pt[1]]), 7).forEach((knot, k) => {
      expect(knot).toBeCloseTo(reference.knots.pt[k]!, 8);
    });
    quantileKnots(cells([...absEta[0]], [...absEta[1]]), 3).forEach((knot, k) => {
      expect(knot).toBeCloseTo(reference.knots.abs_eta[k]!, 8);
    });
  });

  it('lie at (1 − cos(π i / (count − 1))) / 2, closer towards both ends', () => {
    // 1001 values from 1000 on: p is the place.
    const even = cells(Array.from({ length: 1001 }, (_, i) => 1000 + i));
    close(quantileKnots(even, 5), [1000, 1000 + 146.4, 1500, 1000 + 853.6, 2000]);
    close(quantileKnots(even, 2), [1000, 2000]);
    close(quantileKnots(even, 3), [1000, 1500, 2000]);
  });

  it('have 20 entries between them, or are merged; the outer ones stay', () => {
    const few = Array.from({ length: 50 }, (_, i) => 100 + i);
    const knots = quantileKnots(cells(few), 12);
    expect(knots.length).toBeLessThanOrEqual(3);
    close([knots[0]!, knots.at(-1)!], [100, 149]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (x, count) => {
          const found = quantileKnots(cells(x), count);
          expect(found.length).toBeGreaterThanOrEqual(1);
          expect(found.length).toBeLessThanOrEqual(Math.max(1, count));
          expect(found.every((knot, k) => k === 0 || knot > found[k - 1]!)).toBe(true);
          const between = (from: number, to: number): number =>
            x.filter((each) => each >= from * (1 - 2 ** -10) && each < to * (1 + 2 ** -10)).length;
          found.slice(1).forEach((knot, k) => {
            // The last two may share what is left where all knots but one were merged.
            if (found.length > 2) expect(between(found[k]!, knot)).toBeGreaterThanOrEqual(19);
          });
        },
      ),
    );
  });

  it('one value, or count 1, gives one knot, the middle of the cells; nothing gives none', () => {
    close(quantileKnots(cells(many(5, 100)), 12), [5]);
    close(quantileKnots(cells(many(1, 50), many(2, 50), many(9, 50)), 1), [2]);
    expect(quantileKnots(cells([]), 12)).toEqual([]);
  });

  it('two values give a knot at each', () => {
    close(quantileKnots(cells(many(1, 500), many(3, 500)), 12), [1, 3]);
  });

  it('negative values and 0 come in order', () => {
    const knots = quantileKnots(cells(many(-4, 100), many(-2, 100), many(0, 100), many(1, 100)), 12);
    close(knots, [-4, -2, 0, 1]);
  });
});
