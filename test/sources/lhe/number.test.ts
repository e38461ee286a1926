import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber, readNumbers } from '../../../sources/lhe/number.js';

const read = (text: string): number => readNumber(Buffer.from(`${text}<`), 0, text.length);

const digits = (max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: max }).map((all) => all.join(''));
const sign = fc.constantFrom('', '-', '+');
const exponent = fc.tuple(sign, fc.integer({ min: 0, max: 330 })).map(([s, e]) => `${s}${e}`);
const mantissa = fc.oneof(
  fc.tuple(sign, digits(20), digits(20)).map(([s, a, b]) => `${s}${a}.${b}`),
  fc.tuple(sign, digits(17)).map(([s, a]) => `${s}${a}.`),
  fc.tuple(sign, digits(17)).map(([s, a]) => `${s}.${a}`),
  fc.tuple(sign, digits(22)).map(([s, a]) => `${s}${a}`),
);

describe('readNumber', () => {
  test('is Number(text), bit for bit', () => {
    const finite = fc
      .tuple(mantissa, fc.option(exponent))
      .filter(([m, e]) => Number.isFinite(Number(`${m}e${e ?? 0}`)));
    fc.assert(
      fc.property(finite, fc.constantFrom('e', 'E', 'd', 'D'), ([m, e], letter) => {
        expect(read(e === null ? m : `${m}${letter}${e}`)).toBe(Number(`${m}e${e ?? 0}`));
      }),
      { numRuns: 5000 },
    );
  });

  test('reads back every double that was written with 17 digits, as generators write them', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 20 }), (x, places) => {
        const text = x.toExponential(places);
        if (Number.isFinite(Number(text))) expect(read(text)).toBe(Number(text));
        expect(read(x.toExponential(16))).toBe(x === 0 ? 0 : x);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['0.25-100', 0.25e-100],
    ['-1.5+3', -1500],
    [' \t+7. ', 7],
    ['-0.', -0],
    ['-0.000000000000000000000E+00', -0],
    ['0e999999999999', 0],
    ['1e-999999999999', 0],
    // Halfway and hard cases of Clinger (1990) and Gay (1990), where a careless reader is one bit off.
    ['9007199254740993', 9007199254740992],
    ['9007199254740993.00000000000000000001', 9007199254740994],
    ['2.2250738585072011e-308', 2.225073858507201e-308],
    ['6.631236846766476e-316', 6.631236846766476e-316],
    ['1.00000005960464477550', 1.0000000596046448],
  ])('%s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  test.each([
    '',
    ' ',
    '.',
    '-',
    '+-1',
    'e5',
    '1e',
    '1e+',
    '1d-',
    '1.2.3',
    '1,5',
    'NaN',
    'inf',
    '***',
    '0x10',
    '1 2',
    '1e400',
    '1_0',
  ])('%j is no number', (text) => {
    expect(read(text)).toBeNaN();
  });
});

test('readNumbers reads one line and stays on it', () => {
  const out = new Float64Array(4);
  const bytes = Buffer.from(' 1\t2.5  -3E0  \n4<');
  expect(readNumbers(bytes, 0, out, 1, 3)).toBe(bytes.indexOf('\n'));
  expect([...out]).toEqual([0, 1, 2.5, -3]);
  expect(readNumbers(bytes, 0, out, 0, 4)).toBe(-1);
});
