import { expect, test } from 'vitest';
import { joinSmall } from '../../../../sources/wire/arrow/join.js';
import type { WireBatch } from '../../../../sources/wire/types.js';

let next = 0;
function batch(length: number, type: Float32ArrayConstructor | Float64ArrayConstructor): WireBatch {
  const position = Float64Array.from({ length }, () => next++);
  return { length, columns: new Map([['x', new type(position)]]), position };
}

test('small neighbours of the same types become one batch, nothing is lost or moved', () => {
  next = 0;
  const [f4, f8] = [Float32Array, Float64Array];
  const batches = [batch(3, f4), batch(4, f4), batch(2, f8), batch(5000, f8), batch(1, f8), batch(4000, f8)];
  const many = Array.from({ length: 20 }, () => batch(4000, f8));
  const joined = joinSmall([...batches, ...many]);
  expect(joined.map(({ length }) => length)).toEqual([7, 2, 5000, 64001, 20000]);
  expect(joined[2]).toBe(batches[3]);
  const order = Array.from({ length: next }, (_, i) => i);
  expect(joined.flatMap(({ position }) => [...position])).toEqual(order);
  expect(joined.flatMap(({ columns }) => [...columns.get('x')!])).toEqual(order);
  expect(joined[0]!.columns.get('x')).toBeInstanceOf(Float32Array);
  expect(joinSmall([])).toEqual([]);
});
