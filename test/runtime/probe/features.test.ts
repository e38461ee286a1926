import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featuresOf } from '../../../runtime/probe/features.js';
import { modelCard } from '../../support/model_card.js';

const numbers = (...x: number[]): Float64Array => Float64Array.from(x);

test('free inputs as given, those that follow computed anew, the others as they were', () => {
  const values = [numbers(1, 2, 3), numbers(10, 20, 30), numbers(11.5, 22.5, 33.5), numbers(7, 8, 9)];
  const features = featuresOf(modelCard(), ['a', 'b'], values);
  const rows = Int32Array.of(2, 0, 2);
  const got = features(rows, [numbers(4, 1, 3), numbers(30, 12, 30)]);
  expect(got.map((x) => [...x])).toEqual([
    [4, 1, 3],
    [30, 12, 30],
    [34.5, 13.5, 33.5],
    [9, 7, 9],
  ]);
  // A later call leaves what was given alone.
  features(Int32Array.of(0, 0, 0), [numbers(0, 0, 0), numbers(0, 0, 0)]);
  expect([...got[2]!]).toEqual([34.5, 13.5, 33.5]);
});

test('inputs that follow from others that follow agree with their parents', () => {
  const inputs = [
    { name: 'pt1', uncertainty: { absolute: 1 } },
    { name: 'pt2', uncertainty: { absolute: 1 } },
    { name: 'twice', follows: '2 * m' },
    { name: 'm', follows: 'sqrt(2 * pt1 * pt2)' },
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.float({ min: 1, max: 99 }), fc.float({ min: 1, max: 99 })), { minLength: 1 }),
      (p) => {
        const n = p.length;
        const zero = new Float64Array(n);
        const features = featuresOf(modelCard({ inputs }), ['pt1', 'pt2'], [zero, zero, zero, zero]);
        const [pt1, pt2] = [0, 1].map((j) => Float64Array.from(p, (row) => row[j]!)) as [Float64Array, Float64Array];
        const [, , twice, m] = features(
          Int32Array.from({ length: n }, (_, i) => i),
          [pt1, pt2],
        );
        for (let i = 0; i < n; i++) {
          expect(m![i]).toBe(Math.sqrt(2 * pt1[i]! * pt2[i]!));
          expect(twice![i]).toBe(2 * m![i]!);
        }
      },
    ),
  );
});

test('a formula of something that is no input is a mistake', () => {
  const inputs = [
    { name: 'a', uncertainty: { absolute: 1 } },
    { name: 'b', follows: 'a + met' },
  ];
  expect(() => featuresOf(modelCard({ inputs }), ['a'], [])).toThrow("'met'");
});
