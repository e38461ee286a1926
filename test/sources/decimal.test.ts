import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal } from '../../sources/decimal.js';

const of = (digits: string, exponent: number): number => decimal(Buffer.from(digits), 0, digits.length, exponent);
const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 }).map((all) => all.join(''));
const exponent = fc.integer({ min: -45, max: 45 });

/** The double nearest to m · 10^e by exact arithmetic: no neighbour is nearer, and of two equally near the even one. */
function isNearest(value: number, m: bigint, e: number): boolean {
  const bits = new BigInt64Array(new Float64Array([value]).buffer)[0]!;
  const neighbour = (step: bigint): number => new Float64Array(new BigInt64Array([bits + step]).buffer)[0]!;
  const SCALE = 2n ** 300n;
  const exact = (x: number): bigint => {
    let power = 0;
    for (; !Number.isInteger(x); power++) x *= 2;
    return (BigInt(x) * SCALE) / 2n ** BigInt(power);
  };
  // Both sides times 10^45 · 2^300, so that all are integers.
  const truth = m * 10n ** BigInt(45 + e) * SCALE;
  const miss = (x: number): bigint => {
    const d = exact(x) * 10n ** 45n - truth;
    return d < 0n ? -d : d;
  };
  const mine = miss(value);
  const others = [miss(neighbour(1n)), miss(neighbour(-1n))];
  return others.every((other) => mine < other || (mine === other && bits % 2n === 0n));
}

test('is the nearest double, by exact integer arithmetic, and equals Number(text)', () => {
  let decided = 0;
  const runs = 3000;
  fc.assert(
    fc.property(
      digits.filter((text) => /[1-9]/.test(text)),
      exponent,
      (text, e) => {
        const value = of(text, e);
        if (Number.isNaN(value)) return;
        decided++;
        expect(value).toBe(Number(`${text}e${e}`));
        expect(isNearest(value, BigInt(text), e)).toBe(true);
      },
    ),
    { numRuns: runs },
  );
  expect(decided).toBeGreaterThan(0.99 * runs);
});

test('17 digits, as generators write them, equal Number(text)', () => {
  let decided = 0;
  const double = fc.double({ min: 1e-25, max: 1e25, noNaN: true });
  fc.assert(
    fc.property(double, (x) => {
      const [mantissa = '', e] = x.toExponential(16).split('e');
      const value = of(mantissa, Number(e) - 16);
      if (Number.isNaN(value)) return;
      decided++;
      expect(value).toBe(x);
    }),
    { numRuns: 5000 },
  );
  expect(decided).toBeGreaterThan(4900);
});

test('what it cannot decide is NaN: ties, more than 30 digits, large powers', () => {
  // 2^53 + 1 lies halfway between two doubles.
  expect(of('9007199254740993', 0)).toBeNaN();
  expect(of('900719925474099300000', -5)).toBeNaN();
  expect(of('1'.repeat(31), 0)).toBeNaN();
  expect(of('0'.repeat(31), 0)).toBe(0);
  expect(of('1', 46)).toBeNaN();
  expect(of('1', -46)).toBeNaN();
});
