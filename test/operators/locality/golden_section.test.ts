import { expect, it } from 'vitest';
import { goldenSection } from '../../../operators/locality/golden_section.js';

it('finds the maximum inside and at either end', () => {
  for (const at of [0.1, 1, Math.SQRT2, 2.9]) expect(goldenSection((x) => -((x - at) ** 2), 0, 3)).toBeCloseTo(at, 6);
  expect(goldenSection((x) => x, 0, 3)).toBeCloseTo(3, 6);
  expect(goldenSection((x) => -x, 0, 3)).toBeCloseTo(0, 6);
  expect(goldenSection((x) => -Math.abs(x - 2), 0, 3)).toBeCloseTo(2, 6);
});
