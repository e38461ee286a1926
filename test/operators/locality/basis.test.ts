import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basisSize,
  basisTerms,
  evaluateHats,
  fillHats,
  hatRows,
  neighbours,
  type LocalBasis,
} from '../../../operators/locality/basis.js';

/** Objects by feature: columns of each object. */
type Objects = readonly Readonly<Record<string, readonly number[]>>[];

function rowsOf(basis: LocalBasis, objects: Objects) {
  const length = Object.values(objects[0]!)[0]!.length;
  const out = hatRows(basis, length);
  const columns = objects.map(
    (features) => new Map(Object.entries(features).map(([name, x]) => [name, Float64Array.from(x)])),
  );
  fillHats(basis, columns, length, out);
  return { out, length };
}

/** The dense rows: the value of every basis function at every event. */
function dense(basis: LocalBasis, objects: Objects): number[][] {
  const { out, length } = rowsOf(basis, objects);
  return Array.from({ length }, (_, i) => {
    const row = Array<number>(basisSize(basis)).fill(0);
    out.index.forEach((index, t) => (row[index[i]!]! += out.value[t]![i]!));
    return row;
  });
}

function evaluated(basis: LocalBasis, objects: Objects, coefficients: readonly number[]): number[] {
  const { out, length } = rowsOf(basis, objects);
  const y = new Float64Array(length);
  evaluateHats(out, Float64Array.from(coefficients), length, y);
  return [...y];
}

const line = (...knots: number[]): LocalBasis => ({ objects: 1, features: [{ name: 'x', knots }], categories: [] });
const plane: LocalBasis = {
  objects: 2,
  features: [
    { name: 'pt', knots: [10, 20, 50, 200] },
    { name: 'abs_eta', knots: [0, 1, 2.5] },
  ],
  categories: [{ name: 'flavour', values: [11, 13] }],
};

describe('the basis', () => {
  it('has hats: 1 at their knot, 0 at the others, straight between', () => {
    expect(dense(line(0, 1, 3), [{ x: [0, 0.25, 1, 2, 3] }])).toEqual([
      [1, 0, 0],
      [0.75, 0.25, 0],
      [0, 1, 0],
      [0, 0.5, 0.5],
      [0, 0, 1],
    ]);
  });

  it('takes a value beyond the outer knots as at them', () => {
    expect(dense(line(0, 1), [{ x: [-5, 7, -0, 1e300] }])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
  });

  it('of one knot is a constant, of equal knots no division by 0', () => {
    expect(dense(line(4), [{ x: [-1, 4, 9] }])).toEqual([[1], [1], [1]]);
    for (const row of dense(line(1, 1, 2), [{ x: [0, 1, 1.5, 3] }])) {
      expect(row.reduce((sum, x) => sum + x, 0)).toBe(1);
    }
    expect(dense(line(1, 1, 2), [{ x: [1.5] }])).toEqual([[0, 0.5, 0.5]]);
  });

  it('is a tensor product over features, apart for each kind, with a last kind for all others', () => {
    const one: LocalBasis = { ...plane, objects: 1 };
    expect(basisSize(one)).toBe(3 * 4 * 3);
    expect(basisTerms(one)).toBe(4);
    const at = (kind: number, pt: number, eta: number): number => (kind * 4 + pt) * 3 + eta;
    // pt half-way from knot 1 to 2, |η| a quarter of the way from knot 0 to 1.
    const [muon, tau, nan] = dense(one, [{ pt: [35, 35, 35], abs_eta: [0.25, 0.25, 0.25], flavour: [13, 15, NaN] }]);
    const expected = (kind: number): number[] => {
      const row = Array<number>(36).fill(0);
      row[at(kind, 1, 0)] = 0.375;
      row[at(kind, 1, 1)] = 0.125;
      row[at(kind, 2, 0)] = 0.375;
      row[at(kind, 2, 1)] = 0.125;
      return row;
    };
    expect(muon).toEqual(expected(1));
    expect(tau).toEqual(expected(2));
    expect(nan).toEqual(expected(2));
  });

  it('of categories alone counts kinds', () => {
    const kinds: LocalBasis = { objects: 2, features: [], categories: [{ name: 'q', values: [1, -1] }] };
    expect([basisSize(kinds), basisTerms(kinds)]).toEqual([3, 2]);
    expect(dense(kinds, [{ q: [1, 1, 7] }, { q: [-1, 1, 1] }])).toEqual([
      [0.5, 0.5, 0],
      [1, 0, 0],
      [0.5, 0, 0.5],
    ]);
  });

  it('is the mean over the objects of one function of each', () => {
    const second = { pt: [15, 120], abs_eta: [0.5, 2.4], flavour: [13, 11] };
    const first = { pt: [60, 33], abs_eta: [1.1, 0], flavour: [11, 11] };
    const one: LocalBasis = { ...plane, objects: 1 };
    const [a, b] = [dense(one, [first]), dense(one, [second])];
    const both = dense(plane, [first, second]);
    both.forEach((row, i) => {
      row.forEach((x, f) => {
        expect(x).toBeCloseTo((a[i]![f]! + b[i]![f]!) / 2, 15);
      });
    });
    expect(dense(plane, [second, first])).toEqual(both);
  });

  it('has terms in [0, 1] that add up to 1, and indices below its size, whatever the features are', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true }),
      fc.double({ min: -10, max: 300, noNaN: true }),
      fc.constantFrom(10, 20, 50, 200, 0, 1, 2.5, -0, Infinity, -Infinity),
    );
    const object = fc.record({ pt: value, abs_eta: value, flavour: fc.constantFrom(11, 13, 15, 0, NaN) });
    fc.assert(
      fc.property(object, object, (a, b) => {
        const columns = [a, b].map((each) => Object.fromEntries(Object.entries(each).map(([name, x]) => [name, [x]])));
        const { out } = rowsOf(plane, columns);
        const terms = out.value.map((x) => x[0]!);
        expect(Math.abs(terms.reduce((sum, x) => sum + x, 0) - 1)).toBeLessThan(1e-15 * 8);
        expect(terms.every((x) => x >= 0 && x <= 1)).toBe(true);
        const indices = out.index.map((x) => x[0]!);
        expect(indices.every((x) => Number.isInteger(x) && x >= 0 && x < basisSize(plane))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reproduces a function that is straight between knots', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 12 }),
        fc.array(fc.double({ min: -60, max: 60, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values, x) => {
          const knots = values.map((_, k) => k * 5 - 20);
          const wanted = x.map((each) => {
            const clamped = Math.min(knots.at(-1)!, Math.max(knots[0]!, each));
            const k = Math.min(knots.length - 2, Math.floor((clamped - knots[0]!) / 5));
            return values[k]! + ((clamped - knots[k]!) / 5) * (values[k + 1]! - values[k]!);
          });
          evaluated(line(...knots), [{ x }], values).forEach((y, i) => {
            expect(y).toBeCloseTo(wanted[i]!, 10);
          });
        },
      ),
    );
  });

  it('writes into rows that are longer than the batch, and no further', () => {
    const basis = line(0, 1);
    const out = hatRows(basis, 4);
    for (const column of [...out.index, ...out.value]) column.fill(-7);
    fillHats(basis, [new Map([['x', Float64Array.of(0.5, 0.5, 9, 9)]])], 2, out);
    expect(out.value.map((x) => [...x])).toEqual([
      [0.5, 0.5, -7, -7],
      [0.5, 0.5, -7, -7],
    ]);
    const y = Float64Array.of(3, 3, 3, 3);
    evaluateHats(out, Float64Array.of(2, 4), 2, y);
    expect([...y]).toEqual([3, 3, 3, 3]);
  });
});

describe('neighbours', () => {
  it('are one knot apart in one feature and of one kind', () => {
    expect(neighbours(line(0, 1, 2))).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(neighbours(line(5))).toEqual([]);
    const pairs = neighbours(plane);
    expect(pairs).toHaveLength(3 * (3 * 3 + 4 * 2));
    expect(new Set(pairs.map(([a, b]) => `${a} ${b}`)).size).toBe(pairs.length);
    for (const [a, b] of pairs) {
      const place = (f: number) => [Math.floor(f / 12), Math.floor((f % 12) / 3), f % 3];
      const steps = place(b).map((x, d) => x - place(a)[d]!);
      expect([
        [0, 1, 0],
        [0, 0, 1],
      ]).toContainEqual(steps);
    }
  });
});
