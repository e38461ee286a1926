import { expect, test } from 'vitest';
import { placeEffect } from '../../../runtime/models/places.js';

const model = (f: (x: Float64Array) => Float64Array) => ({
  outputs: ['y'],
  run: (columns: readonly Float64Array[]) => Promise.resolve([f(columns[0]!)]),
});
const x = Float64Array.from({ length: 8 }, (_, i) => i / 7);

test('a function of the row has no effect of its place, NaN or not', async () => {
  expect(
    await placeEffect(
      model((x) => x.map(Math.sqrt)),
      [x],
      8,
    ),
  ).toBeNull();
  expect(
    await placeEffect(
      model((x) => x.map((v) => Math.sqrt(v - 0.5))),
      [x],
      8,
    ),
  ).toBeNull();
});

test.each([2, 4, 8, 16])('a last bit that depends on the place modulo %i is seen', async (period) => {
  const f = (x: Float64Array): Float64Array => x.map((v, i) => (i % period === period - 1 ? v + 1 + 2 ** -52 : v + 1));
  for (const length of [1, 2, 7, 8]) {
    const effect = await placeEffect(model(f), [x], length);
    expect(effect?.difference).toBeGreaterThan(0);
    expect(effect?.difference).toBeLessThan(1e-15);
  }
});

test('other rows of a batch are seen, and a NaN is the largest effect', async () => {
  const mean = (x: Float64Array, from: number, to: number): number =>
    x.subarray(from, to).reduce((sum, v) => sum + v, 0) / (to - from);
  const centred = (x: Float64Array): Float64Array =>
    x.map((v, i) => v - (i < 512 ? mean(x, 0, 512) : mean(x, 512, x.length)));
  expect(await placeEffect(model(centred), [x], 8)).toMatchObject({
    output: 'y',
    difference: expect.any(Number) as number,
  });
  const nan = (x: Float64Array): Float64Array => x.map((v, i) => (i === 100 ? NaN : v));
  expect((await placeEffect(model(nan), [x], 8))?.difference).toBeNaN();
});
