import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCut,
  addNarrow,
  addWide,
  addWideAndAbsolute,
  exactSums,
  mergeSums,
  reserve,
  settleSums,
  sumAt,
  WIDTH,
  type ExactSums,
  type Ladder,
} from '../../../operators/summaries/exact_sum.js';

const ladders = {
  narrow: { add: addNarrow, quantum: 64n, top: 1, either: 31, one: 51 },
  wide: { add: addWide, quantum: 128n, top: 2 ** 32, either: 63, one: 83 },
} as const;

/** A double as a whole multiple of 2^-1074. */
function exactly(x: number): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const raw = bits.getBigUint64(0);
  const exponent = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return raw >> 63n ? -magnitude : magnitude;
}

/** x in units of 2^-quantum, to the nearest, ties to even. */
function rounded(x: number, quantum: bigint): bigint {
  const exact = exactly(x);
  const shift = 1074n - quantum;
  const floor = exact >> shift;
  const rest = exact - (floor << shift);
  const half = 1n << (shift - 1n);
  return rest > half || (rest === half && floor % 2n !== 0n) ? floor + 1n : floor;
}

/** Sum i in units of 2^-quantum, from its limbs. */
function valueOf({ ladder, limbs }: ExactSums, i = 0): bigint {
  const width = WIDTH[ladder];
  let value = 0n;
  for (let limb = 0; limb < width; limb++) {
    const unit = ladders[ladder].top / 2 ** (32 * limb);
    value = (value << 32n) + BigInt(limbs[i * width + limb]! / unit);
  }
  return value;
}

/** Doubles of every magnitude up to 2^bits. */
const doubles = (bits: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc
      .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -140, max: bits }))
      .map(([x, exponent]) => x * 2 ** exponent),
    fc.constantFrom(0, -0, 5e-324, -5e-324, 2 ** bits, -(2 ** bits), 2 ** -65, 3 * 2 ** -65, -(2 ** -129), 0.5, 1e-12),
  );

function sumOf(ladder: Ladder, values: readonly number[]): ExactSums {
  const sums = exactSums(1, ladder);
  reserve(sums, values.length);
  for (const x of values) ladders[ladder].add(sums.limbs, 0, x);
  return sums;
}

describe.each(['narrow', 'wide'] as const)('exact sums, %s', (ladder) => {
  const { add, quantum, either, one, top } = ladders[ladder];
  const values = fc.array(doubles(either), { maxLength: 50 });

  it('equals the sum of integers, each value rounded to the quantum', () => {
    fc.assert(
      fc.property(values, (values) => {
        const sums = sumOf(ladder, values);
        settleSums(sums);
        const expected = values.reduce((total, x) => total + rounded(x, quantum), 0n);
        expect(valueOf(sums)).toBe(expected);
        const nearest = Number(expected) * 2 ** -Number(quantum);
        expect(Math.abs(sumAt(sums, 0) - nearest)).toBeLessThanOrEqual(Math.abs(nearest) * 2 ** -52);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes larger terms of one sign', () => {
    const terms = fc.array(doubles(one - 3).map(Math.abs), { maxLength: 15 });
    fc.assert(
      fc.property(terms, fc.constantFrom(1, -1), (terms, sign) => {
        const signed = terms.map((x) => sign * x);
        const sums = sumOf(ladder, signed);
        settleSums(sums);
        expect(valueOf(sums)).toBe(signed.reduce((total, x) => total + rounded(x, quantum), 0n));
      }),
    );
  });

  it('cancels without a rest', () => {
    fc.assert(
      fc.property(values, (values) => {
        const sums = sumOf(ladder, [...values, 1e-9, ...values.map((x) => -x)]);
        expect(sumAt(sums, 0)).toBe(sumAt(sumOf(ladder, [1e-9]), 0));
        expect(sumAt(sumOf(ladder, [...values, ...values.map((x) => -x)]), 0)).toBe(0);
      }),
    );
  });

  it('has one set of bits for one value, whatever was added; −0 leaves no trace', () => {
    fc.assert(
      fc.property(values, fc.nat(), (values, seed) => {
        const shuffled = [...values, -0].sort((a, b) => ((a * 7919 + seed) % 13) - ((b * 7919 + seed) % 13));
        const [a, b] = [sumOf(ladder, values), sumOf(ladder, shuffled)];
        settleSums(a);
        settleSums(b);
        expect(Buffer.from(b.limbs.buffer).equals(Buffer.from(a.limbs.buffer))).toBe(true);
        for (const [at, limb] of a.limbs.entries()) {
          const units = (limb / top) * 2 ** (32 * (at % WIDTH[ladder]));
          if (at % WIDTH[ladder] > 0) expect(units >= -(2 ** 31) && units < 2 ** 31).toBe(true);
          expect(Object.is(limb, -0)).toBe(false);
        }
      }),
    );
  });

  it('stays exact over more than 2^20 additions of the largest limbs', () => {
    const n = 2 ** 20 + 2 ** 19;
    // Every limb of these grows by nearly half of its base.
    const worst = [2 ** 31 - 2 ** -33, -(0.5 - 2 ** -54), 2 ** -33 * (1 - 2 ** -53)];
    for (const x of worst) {
      const sums = exactSums(1, ladder);
      for (let i = 0; i < n; i++) {
        reserve(sums, 1);
        add(sums.limbs, 0, x);
      }
      settleSums(sums);
      expect(valueOf(sums)).toBe(rounded(x, quantum) * BigInt(n));
    }
  });

  it('throws in one clear line when the total is too large or not a number, and not before', () => {
    const most = 2 ** 52 * top;
    const sums = exactSums(1, ladder);
    for (let i = 0; i < 2 ** 21; i++) {
      reserve(sums, 1);
      add(sums.limbs, 0, 2 ** (either - 1));
    }
    settleSums(sums);
    expect(sumAt(sums, 0)).toBe(2 ** (either + 20));
    expect(sumAt(sumOf(ladder, [most / 4, most / 4]), 0)).toBe(most / 2);
    const pair = sumOf(ladder, Array<number>(4).fill(most / 4));
    expect(() => {
      settleSums(pair);
    }).toThrow(/^exact sum: beyond ±2\^\d+; narrow the valid range/);
    for (const x of [NaN, Infinity, -Infinity, 1e300]) {
      expect(() => sumAt(sumOf(ladder, [1, x]), 0), `${x}`).toThrow('exact sum');
    }
  });

  it('merges as if it had been added to', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [into, from] = [sumOf(ladder, a), sumOf(ladder, b)];
        mergeSums(into, from);
        const whole = sumOf(ladder, [...a, ...b]);
        settleSums(whole);
        expect(into).toEqual(whole);
      }),
    );
  });
});

it('adds values that were cut before', () => {
  fc.assert(
    fc.property(fc.array(doubles(63), { maxLength: 20 }), (values) => {
      const cut = new Float64Array(values.length * WIDTH.wide);
      values.forEach((x, i) => {
        addWide(cut, i * WIDTH.wide, x);
      });
      const sums = exactSums(2, 'wide');
      values.forEach((_, i) => {
        addCut(sums.limbs, WIDTH.wide, cut, i * WIDTH.wide);
      });
      settleSums(sums);
      const whole = sumOf('wide', values);
      settleSums(whole);
      expect(sums.limbs.subarray(WIDTH.wide)).toEqual(whole.limbs);
      expect(sumAt(sums, 0)).toBe(0);
    }),
  );
});

it('refuses a batch that is too large for its limbs, and other sums', () => {
  expect(() => {
    reserve(exactSums(1, 'narrow'), 2 ** 20 + 1);
  }).toThrow('batch of 1048577 rows');
  expect(() => {
    mergeSums(exactSums(2, 'narrow'), exactSums(1, 'wide'));
  }).toThrow('different configurations');
});

it('adds x and |x| as two additions would', () => {
  fc.assert(
    fc.property(fc.array(doubles(63)), (x) => {
      const together = exactSums(2, 'wide');
      const apart = exactSums(2, 'wide');
      for (const xi of x) {
        addWideAndAbsolute(together.limbs, 0, WIDTH.wide, xi);
        addWide(apart.limbs, 0, xi);
        addWide(apart.limbs, WIDTH.wide, Math.abs(xi));
      }
      expect(together).toEqual(apart);
    }),
  );
});
