import { expect, it } from 'vitest';
import { cutNarrow, cutWide } from '../../../../operators/compiled/fills/cut.js';
import { addNarrow, addWide } from '../../../../operators/summaries/exact_sum.js';
import { laneValues } from '../lane_values.js';

const SIZES = [0, 1, 0.5, 0.3, 1e-9, 2 ** -33, 2 ** -65, 2 ** -129, 5e-324, 12345.678, 2 ** 31, 2 ** 32 + 0.5, 2 ** 50];
const values = Float64Array.from(SIZES.flatMap((x) => [x, -x, x * (1 + 2 ** -30), x * 1.5]));

it.each([
  ['narrow', cutNarrow, addNarrow, 3],
  ['wide', cutWide, addWide, 6],
] as const)('%s limbs are those of the exact sum', (_, cut, add, width) => {
  const limbs = laneValues((p, [x]) => cut(p, x!), [values]);
  values.forEach((x, i) => {
    const expected = new Float64Array(width);
    add(expected, 0, x);
    // A sum of limbs begins with +0, which −0 leaves as it is.
    expect(limbs.map((limb) => limb[i]! + 0)).toEqual([...expected]);
  });
});
