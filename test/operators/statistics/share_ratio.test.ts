import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareRatio } from '../../../operators/statistics/share_ratio.js';
import { near } from './reference.js';

/** What SciPy makes of the same (test/fixtures/statistics/periods.py). */
const { ratios } = JSON.parse(readFileSync('test/fixtures/statistics/periods.json', 'utf8')) as {
  ratios: { a: number; A: number; b: number; B: number; ratio: number; error: number }[];
};

test.each(ratios)('$b of $B against $a of $A, as SciPy has it', ({ a, A, b, B, ratio, error }) => {
  const found = shareRatio(a, A, b, B);
  near(found.value!, ratio, 1e-12);
  near(found.error!, error, 1e-9);
});

test('without events it is unknown, or 0 without an error', () => {
  expect(shareRatio(0, 10, 3, 10)).toMatchObject({ value: null, error: null });
  expect(shareRatio(0, 0, 3, 10)).toMatchObject({ value: null });
  expect(shareRatio(3, 10, 0, 0)).toMatchObject({ value: null });
  expect(shareRatio(3, 10, 0, 10)).toEqual({ value: 0, error: null });
});

test('the other way round it is 1/r, with the same relative error', () => {
  const counts = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(counts, counts, counts, counts, (a, A, b, B) => {
      const there = shareRatio(a, a + A, b, b + B);
      const back = shareRatio(b, b + B, a, a + A);
      near(there.value! * back.value!, 1, 1e-12);
      near(there.error! / there.value!, back.error! / back.value!, 1e-9);
    }),
  );
});
