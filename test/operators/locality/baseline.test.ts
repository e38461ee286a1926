import { expect, it } from 'vitest';
import { fitBaseline } from '../../../operators/locality/baseline.js';

const t = Float64Array.of(0, 1, 2, 4);
const weight = Float64Array.of(1, 2, 1, 4);

it('fits a line exactly through a line', () => {
  const residual = new Float64Array(4);
  const fit = fitBaseline(
    'line',
    t,
    weight,
    t.map((x) => 3 - 0.5 * x),
    residual,
  );
  expect(fit.level).toBeCloseTo(3, 14);
  expect(fit.drift).toBeCloseTo(-0.5, 14);
  expect(fit.chi2).toBeLessThan(1e-28);
  for (const r of residual) expect(Math.abs(r)).toBeLessThan(1e-14);
});

it('fits a constant by the weighted mean, and takes nothing off if the baseline is known', () => {
  const y = Float64Array.of(1, 2, 5, 3);
  const constant = fitBaseline('constant', t, weight, y);
  expect(constant).toEqual({ level: 22 / 8, drift: 0, chi2: expect.closeTo(54 + 0 - 22 ** 2 / 8 + 16, 12) as number });
  const residual = new Float64Array(4);
  expect(fitBaseline('known', t, weight, y, residual)).toEqual({ level: 0, drift: 0, chi2: 1 + 8 + 25 + 36 });
  expect(residual).toEqual(y);
});
