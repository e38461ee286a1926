import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, sin, sinSum, tan } from '../../../../operators/expressions/math/sin_cos.js';
import { bitsOf, furthest, readTable } from './tables.js';

const angle = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('sin', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(sin, readTable('sin'), 2)).toBe('none');
  });
  it('is odd, to the bit', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(sin(-x)).toBe(-sin(x));
      }),
    );
  });
  it('with cos lies on the unit circle', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(6e-16);
      }),
    );
  });
  it('carries the second part of its argument', () => {
    // The double nearest to π is 1.2246467991473532e-16 short of it: sin π = 0, to the square of an ulp.
    expect(Math.abs(sinSum(Math.PI, 1.2246467991473532e-16, 0))).toBeLessThan(1e-32);
  });
  it('keeps its bits', () => {
    expect(bitsOf(sin, [-20, 20])).toBe('cb8601c5fcdfeb7a6e6ec4e12ba04144e13ea3fe19e9b8f1d8f95555f17204f5');
  });
});

describe('cos', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(cos, readTable('cos'), 2)).toBe('none');
  });
  it('is even, to the bit', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(cos(-x)).toBe(cos(x));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(cos, [-20, 20])).toBe('7bb7904067e4dde4340dedd4cb23ba2af25b40239372d5d01db22732b36ffe46');
  });
});

describe('tan', () => {
  it('is within 2 ulp of the reference, special values to the bit', () => {
    expect(furthest(tan, readTable('tan'), 2)).toBe('none');
  });
  it('is odd, to the bit', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(tan(-x)).toBe(-tan(x));
      }),
    );
  });
  it('keeps its bits', () => {
    expect(bitsOf(tan, [-20, 20])).toBe('1b24ea4f3e013ae448eaa34c29a3d78c344125ba06fd292de8e0a07b4476a4ce');
  });
});
