import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumber } from '../../../sources/text/number.js';

const read = (text: string): number | undefined => {
  const bytes = Buffer.from(`;${text};`);
  return readNumber(bytes, 1, bytes.length - 1);
};

test('every double is read as it was written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (x) => {
      expect(read(x.toExponential())).toBe(x + 0);
      if (!Number.isInteger(x)) expect(read(String(x))).toBe(x);
    }),
    { numRuns: 5000 },
  );
});

test('any decimal text is read as the language reads it', () => {
  const digits = fc.stringMatching(/^\d{0,25}$/);
  fc.assert(
    fc.property(digits, digits, fc.integer({ min: -330, max: 330 }), (whole, fraction, exponent) => {
      const text = `${whole}.${fraction}e${exponent}`;
      expect(read(text)).toBe(whole + fraction === '' ? undefined : Number(text));
    }),
    { numRuns: 5000 },
  );
});

test('16 and 17 digits with a fraction give the nearest double', () => {
  const digits = fc.stringMatching(/^[1-9]\d{15,16}$/);
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 16 }), fc.boolean(), (all, point, negative) => {
      const text = `${negative ? '-' : ''}${all.slice(0, point)}.${all.slice(point)}`;
      expect(read(text)).toBe(Number(text));
    }),
    { numRuns: 5000 },
  );
});

// Corner cases of decimal conversion: C. Clinger's and D. Gay's test vectors, and the ends of the range of doubles.
test.each([
  ['9007199254740993e0', 9007199254740992],
  ['9007199254740993.0', 9007199254740992],
  ['9007199254740993.00000000000000000001', 9007199254740994],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  ['1.8e308', Infinity],
  ['4.9e-324', 5e-324],
  ['2.4e-324', 0],
  ['8.5e22', 8.5e22],
  ['2.2250738585072011e-308', 2.225073858507201e-308],
  ['0.000000000000000000000001', 1e-24],
  ['+5', 5],
  ['-0', -0],
  ['.5', 0.5],
  ['5.', 5],
  ['1E5', 1e5],
  [' 7 ', 7],
  ['9007199254740992', 2 ** 53],
  ['9007199254740993', NaN],
  ['-9007199254740993', NaN],
  ['123456789012345678901234567890', NaN],
  ['', NaN],
  ['NaN', NaN],
  ['nan', NaN],
  ['null', NaN],
  ['NA', NaN],
  ['inf', Infinity],
  ['-Infinity', -Infinity],
  ['+inf', Infinity],
  ['true', 1],
  ['False', 0],
])('%j is %d', (text, value) => {
  expect(read(text)).toBe(value);
});

test.each(['x', '1x', '1 2', '1e', 'e5', '.', '-', '--1', '0x10', '1_000', '1,5', 'infinite', '1e5.5', '١'])(
  '%j is no number',
  (text) => {
    expect(read(text)).toBeUndefined();
  },
);
