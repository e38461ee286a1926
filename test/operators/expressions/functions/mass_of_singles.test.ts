import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mass } from '../../../../operators/expressions/functions/mass.js';
import { massOfSingles } from '../../../../operators/expressions/functions/mass_of_singles.js';
import { bitsOf, readTable } from '../math/tables.js';

type Six = [number, number, number, number, number, number];
const f = Math.fround;
const single = (min: number, max: number) => fc.float({ min: f(min), max: f(max), noNaN: true });
const apart = (of: number): fc.Arbitrary<number> =>
  fc.tuple(single(-8, 0), single(-of, of)).map(([d, x]) => x * 10 ** d);

/** Units in the last place of a single. */
const ulps = (found: number, expected: number): number =>
  Math.abs(found - expected) / 2 ** (Math.floor(Math.log2(Math.abs(expected))) - 23);

describe('massOfSingles', () => {
  it('is within 4.5 ulp of the mass in doubles: anywhere, collinear and across ±π; many turns apart a little more', () => {
    const pair = fc.tuple(single(1, 5000), single(-5, 5), single(-3.2, 3.2), single(1, 5000), apart(10), apart(7));
    fc.assert(
      fc.property(
        pair,
        fc.constantFrom(0, 0, 2 * Math.PI, 1000 * Math.PI),
        ([pt1, eta, phi, pt2, dEta, dPhi], turn) => {
          const args: Six = [pt1, eta, phi, pt2, f(eta + dEta), f(phi + dPhi + turn)];
          const m = mass(...args);
          // π has 44 bits here, and each of its multiples as many.
          const more = ((turn > 10 ? 1e-8 : 1e-12) * Math.sqrt(pt1 * pt2)) / m;
          if (m > 1e-15) expect(ulps(massOfSingles(...args), m)).toBeLessThan(4.5 + more * 2 ** 24);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('has the special values of the mass, and takes any angle', () => {
    const rounded = readTable('mass').map(({ args }) => args.map(f) as Six);
    const special = rounded.filter((args) => !args.every((x) => Math.abs(x) < 1e4 && Math.abs(x) > 1e-4));
    expect(special.length).toBeGreaterThan(5);
    for (const args of special) {
      const [found, expected] = [massOfSingles(...args), f(mass(...args))];
      const usual = expected > 1e-15 && expected < 1e18;
      if (usual) expect(ulps(found, expected), args.join()).toBeLessThan(4);
      else if (Number.isNaN(expected) || expected === 0) expect(found, args.join()).toBe(expected);
    }
    expect(massOfSingles(40, 0, f(1e30), 40, 0, 0)).toBe(f(mass(40, 0, f(1e30), 40, 0, 0)));
    expect(massOfSingles(40, 100, 0, 40, -100, 0)).toBe(Infinity);
  });

  it('keeps its bits', () => {
    const of = (...args: number[]): number => massOfSingles(...(args.map(f) as Six));
    expect(bitsOf(of, [1, 500], [-2.5, 2.5], [-3.2, 3.2], [1, 500], [-2.5, 2.5], [-3.2, 3.2])).toBe(
      'a271735da6d3095a4f271ed9d42d688a2e7613f7a853975806a7db4147a3c913',
    );
  });
});
