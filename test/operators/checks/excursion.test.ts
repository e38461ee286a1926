import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extended, meanOf, QUIET } from '../../../operators/checks/excursion.js';

it('is the sum since it was last 0, and its mean is k + sum / windows', () => {
  const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, (x) => {
      let e = QUIET;
      for (const [window, value] of x.entries()) e = extended(e, value, 0.5, window, Infinity);
      if (e.since === null) {
        expect(e).toEqual(QUIET);
        return;
      }
      const since = x.slice(e.since);
      expect(e.windows).toBe(since.length);
      expect(e.sum).toBeCloseTo(
        since.reduce((sum, value) => sum + value - 0.5, 0),
        9,
      );
      expect(meanOf(e)).toBeCloseTo(0.5 + e.sum / e.windows, 9);
    }),
  );
});

it('is held at its most', () => {
  expect(extended(QUIET, 100, 0.5, 0, 10)).toEqual({ sum: 10, since: 0, windows: 1, total: 100 });
});
