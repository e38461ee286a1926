import { expect, test } from 'vitest';
import { fuzz } from '../../../bench/live/fuzz_messages.js';
import { seeds } from '../../../bench/live/seeds.js';
import { wireDecoder } from '../../../sources/wire/decoder.js';
import { WIRE_LIMITS } from '../../../sources/wire/types.js';

test('the seeds are sound', async () => {
  const { avro, arrow, schemas, needed } = seeds();
  const decoder = wireDecoder({ needed, schemas, limits: WIRE_LIMITS });
  const messages = [...avro, ...arrow].map((value, offset) => ({ offset, value }));
  const { batches, bad } = await decoder.decode(messages);
  expect(bad).toEqual([]);
  const events = 2 * (1 + 7 + 64 + 500);
  expect(batches.reduce((sum, { length }) => sum + length, 0)).toBe(avro.length + events);
});

test('every spoiled message is read or bad, and a seed tells all of it', async () => {
  const reached: number[] = [];
  const first = await fuzz(4000, 3, (number) => reached.push(number));
  const bad = Object.values(first.bad).reduce((sum, n) => sum + n, 0);
  expect(first.read + bad).toBe(4000);
  expect(Math.min(first.read, bad)).toBeGreaterThan(400);
  expect(Object.keys(first.bad).length).toBeGreaterThan(15);
  expect(reached).toEqual([0, 1000, 2000, 3000]);
  const again = await fuzz(4000, 3, () => undefined);
  expect([again.read, again.events, again.bad]).toEqual([first.read, first.events, first.bad]);
  expect((await fuzz(4000, 4, () => undefined)).bad).not.toEqual(first.bad);
});
