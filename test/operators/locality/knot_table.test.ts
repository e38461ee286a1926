import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, knotTable } from '../../../operators/locality/knot_table.js';

function placed(knots: readonly number[], x: readonly number[]): [low: number, share: number][] {
  const [low, share] = [new Uint32Array(x.length), new Float64Array(x.length)];
  between(knotTable(knots), Float64Array.from(x), x.length, low, share);
  return x.map((_, i) => [low[i]!, share[i]!]);
}

/** The last interval that begins at or below x, by looking at all of them. */
function plainly(knots: readonly number[], x: number): [number, number] {
  const last = knots.length - 1;
  let low = 0;
  for (let k = 1; k < last; k++) if (x >= knots[k]!) low = k;
  const width = knots[Math.min(last, low + 1)]! - knots[low]!;
  return [low, width > 0 ? Math.min(1, Math.max(0, (x - knots[low]!) / width)) : 0];
}

describe('a value between knots', () => {
  it('has the interval that begins at or below it, and its share of the way', () => {
    expect(placed([0, 1, 3], [0, 0.25, 1, 2, 3])).toEqual([
      [0, 0],
      [0, 0.25],
      [1, 0],
      [1, 0.5],
      [1, 1],
    ]);
    expect(placed([0, 1, 3], [-5, 7, Infinity, -Infinity])).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    expect(placed([4], [-1, 4, 9])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(placed([0, 5e-324], [0, 5e-324])).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(placed([0, 1, 3], [NaN])[0]![1]).toBeNaN();
  });

  it('is found as by looking at every knot, close to knots and far, equal knots too', () => {
    const knot = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(knot, { minLength: 1, maxLength: 12 }),
        fc.array(fc.double({ noNaN: true }), { maxLength: 20 }),
        (unsorted, values) => {
          const knots = unsorted.map((x) => x + 0).sort((a, b) => a - b);
          const near = knots.flatMap((x) => [x, x * (1 + 1e-15), x * (1 - 1e-15), x + 0.1]);
          const x = [...values, ...near];
          expect(placed(knots, x)).toEqual(x.map((each) => plainly(knots, each)).map(([low, t]) => [low, t + 0]));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
