import { expect, it } from 'vitest';
import { at } from '../../../operators/probes/columns.js';

it('takes the places of each column, in the order asked, as copies', () => {
  const columns = [Float64Array.of(1, 2, 3), Float64Array.of(4, NaN, 6)];
  expect(at(columns, Int32Array.of(2, 0, 2))).toEqual([Float64Array.of(3, 1, 3), Float64Array.of(6, 4, 6)]);
  expect(at(columns, new Int32Array(0))).toEqual([new Float64Array(0), new Float64Array(0)]);
});
