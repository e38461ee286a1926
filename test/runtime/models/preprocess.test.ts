import { expect, test } from 'vitest';
import { preprocess } from '../../../runtime/models/preprocess.js';

test('log(1 + x), shift and scale, in this order', () => {
  const how = { log: true, shift: 0.25, scale: 2 };
  // ln 2, ln 11 and ln 101 from a table.
  const logarithms = [0, 0.6931471805599453, 2.3978952727983707, 4.61512051684126];
  const [y] = preprocess([{ preprocess: how }], [Float64Array.of(0, 1, 10, 100)], 4, 'float64');
  logarithms.forEach((ln, i) => {
    expect(y![i]).toBeCloseTo((ln - 0.25) / 2, 15);
  });
  const [single] = preprocess([{ preprocess: how }], [Float64Array.of(1)], 1, 'float32');
  expect(single).toEqual(Float32Array.of(Math.fround((0.6931471805599453 - 0.25) / 2)));
});

test('a missing value is the default, and preprocessed as that; without a default it stays NaN', () => {
  const x = Float64Array.of(NaN, 3);
  const preprocessed = preprocess(
    [{ missing: 1, preprocess: { log: false, shift: 5, scale: 4 } }, {}],
    [x, x],
    2,
    'float64',
  );
  expect(preprocessed).toEqual([Float64Array.of(-1, -0.5), Float64Array.of(NaN, 3)]);
});

test('columns are new ones, of the length that is asked for; no rows are no rows', () => {
  const x = Float64Array.of(1, 2, 3);
  const [y] = preprocess([{}], [x], 2, 'float64');
  expect(y).toEqual(Float64Array.of(1, 2));
  y![0] = 7;
  expect(x[0]).toBe(1);
  expect(preprocess([{}], [x], 0, 'float32')).toEqual([new Float32Array(0)]);
});
