import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSums, settleSums, sumAt } from '../../../operators/summaries/exact_sum.js';
import { addProducts, emptySquare, gather } from '../../../operators/summaries/hat_square.js';

const SIZE = 20;
const TERMS = 3;
const starts = Int32Array.from({ length: SIZE }, (_, a) => a * SIZE - (a * (a - 1)) / 2 - a);

/** Values are whole 64ths and weights whole 4ths: their products are exact. */
const event = fc.record({
  u: fc.integer({ min: 0, max: 4 }).map((x) => x / 4),
  terms: fc.array(fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 0, max: 21 })), { minLength: TERMS, maxLength: TERMS }),
});

describe('the square of products', () => {
  it('gives X′ U X, each pair of functions once, and is empty afterwards', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const square = new Float64Array(SIZE * SIZE);
        const touched = new Uint8Array(SIZE);
        const dense = new Float64Array(SIZE * SIZE);
        for (const { u, terms } of events) {
          const indices = Int32Array.from(terms, ([a]) => a);
          const values = Float64Array.from(terms, ([, x]) => x / 64);
          addProducts(square, SIZE, u, indices, values, 0, TERMS);
          indices.forEach((a, j) => {
            touched[a] = 1;
            indices.forEach((b, k) => (dense[a * SIZE + b]! += u * values[j]! * values[k]!));
          });
        }
        const sums = exactSums((SIZE * (SIZE + 1)) / 2, 'narrow');
        emptySquare(square, touched, sums, 0, starts);
        settleSums(sums);
        for (let a = 0; a < SIZE; a++) {
          for (let b = a; b < SIZE; b++) expect(sumAt(sums, starts[a]! + b)).toBe(dense[a * SIZE + b]);
        }
        expect(square.every((x) => x === 0)).toBe(true);
      }),
    );
  });

  it('takes columns apart by event', () => {
    const into = new Int32Array(6);
    gather(Float64Array.of(7, 8, 9), Int32Array.of(2, 0, 1), 0, 3, into, 1, 2);
    expect([...into]).toEqual([0, 9, 0, 7, 0, 8]);
  });
});
