import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrowEncoder } from '../../../../sources/wire/arrow/encoder.js';
import { arrowMessages } from '../../../../sources/wire/arrow/messages.js';
import type { NeededField } from '../../../../sources/wire/avro/resolve.js';
import { WIRE_LIMITS, type WireBatch, type WireLimits } from '../../../../sources/wire/types.js';
import { hostileMessages } from '../../../../bench/live/hostile.js';

const folder = new URL('../../../fixtures/wire/arrow/', import.meta.url);
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));
const expected = JSON.parse(fixture('messages.json').toString()) as Record<string, Record<string, (number | null)[]>>;
const needed: NeededField[] = [
  { name: 'event', type: 'long' },
  { name: 'eta', type: 'double' },
  { name: 'pt', type: 'double' },
];

async function decode(
  values: readonly (Buffer | null)[],
  fields: readonly NeededField[] = needed,
  limits: WireLimits = WIRE_LIMITS,
): Promise<{ batches: WireBatch[]; bad: { offset: number; reason: string }[] }> {
  const messages = values.map((value, i) => ({ offset: 100 + i, value }));
  return arrowMessages({ needed: fields, limits })(messages);
}
const reason = async (...args: Parameters<typeof decode>): Promise<string> => {
  const { batches, bad } = await decode(...args);
  expect(batches).toEqual([]);
  return bad.map((each) => each.reason).join('; ');
};
const values = (batches: readonly WireBatch[], name: string): number[] =>
  batches.flatMap(({ columns }) => [...columns.get(name)!]);

// Written by pyarrow (make_messages.py).
test.each(Object.entries(expected))('%s, wherever it lies in memory', async (name, columns) => {
  const message = fixture(name);
  for (const shift of [0, 3, 8]) {
    const value = Buffer.concat([Buffer.alloc(shift), message]).subarray(shift);
    const before = Buffer.from(value);
    const { batches, bad } = await decode([value, value]);
    expect(bad).toEqual([]);
    for (const [column, once] of Object.entries(columns)) {
      const numbers = once.map((x) => x ?? NaN);
      expect(values(batches, column), column).toEqual([...numbers, ...numbers]);
    }
    const places = Array.from({ length: 40 }, (_, i) => 100 * 65536 + i);
    expect(batches.flatMap(({ position }) => [...position])).toEqual([...places, ...places.map((p) => p + 65536)]);
    expect(value.equals(before), 'the message is not written to').toBe(true);
  }
});

test('what the encoder writes comes back, in the order of the log', async () => {
  const field = fc.constantFrom('float', 'double', 'int', 'long');
  const number = { float: fc.float(), double: fc.double(), int: fc.integer(), long: fc.maxSafeInteger() };
  await fc.assert(
    fc.asyncProperty(fc.array(field, { minLength: 1, maxLength: 5 }), fc.nat(50), fc.gen(), async (types, n, gen) => {
      const fields = types.map((type, i) => ({ name: `c${i}`, type }));
      const columns = types.map((type) =>
        Float64Array.from({ length: n }, () => (gen(fc.boolean) ? NaN : gen(() => number[type])) + 0),
      );
      const encode = arrowEncoder(fields);
      const rows = Uint32Array.from({ length: n }, (_, i) => n - 1 - i);
      const { batches, bad } = await decode([encode(columns, { from: 0, to: n }), encode(columns, rows)], fields);
      expect(bad).toEqual([]);
      expect(batches.reduce((sum, { length }) => sum + length, 0)).toBe(2 * n);
      columns.forEach((column, i) => {
        const plain = types[i] === 'int' || types[i] === 'long' ? [...column].map((x) => x + 0) : [...column];
        expect(values(batches, `c${i}`)).toEqual([...plain, ...plain.toReversed()]);
      });
    }),
  );
});

test('evolution: promoted types and added columns are read, all else is refused in one line', async () => {
  const evolved = fixture('evolved.arrows');
  const of = (name: string, type: NeededField['type'], more = {}): NeededField[] => [{ name, type, ...more }];
  const good = await decode([evolved], of('good', 'int'));
  expect(values(good.batches, 'good').slice(0, 4)).toEqual([1, 0, 0, 1]);
  expect(await reason([evolved], of('pt', 'float'))).toBe(
    "Arrow message: its column 'pt' is f64, which is wider than float: narrowing is refused",
  );
  expect(await reason([evolved], of('event', 'int'))).toContain("its column 'event' is i64, which is wider than int");
  expect(await reason([evolved], of('note', 'double'))).toBe(
    "Arrow message: its column 'note' is text, which holds no plain numbers",
  );
  expect(await reason([evolved], of('hits', 'double'))).toContain("its column 'hits' is lists, which");
  expect(await reason([evolved], of('ptt', 'double'))).toBe("Arrow message: it has no column 'ptt'; nearest 'pt'");
  const filled = await decode(
    [evolved],
    [...of('p', 'double', { aliases: ['pt'] }), ...of('w', 'double', { default: 1 })],
  );
  expect(values(filled.batches, 'p')).toEqual(expected['evolved.arrows']!['pt']);
  expect(values(filled.batches, 'w')).toEqual(Array(40).fill(1));
});

test('limits, and messages that are cut off or go on', async () => {
  const plain = fixture('plain.arrows');
  expect(await reason([plain], needed, { maxBytes: 1000, maxEvents: 65536 })).toContain(
    'it has 1288 bytes, limit 1000',
  );
  expect(await reason([plain], needed, { maxBytes: 1e6, maxEvents: 39 })).toContain('it has 40 events, limit 39');
  const few = { maxBytes: 50_000, maxEvents: 65536 };
  expect(await reason([fixture('zeros.arrows')], needed, few)).toContain('its columns take 100000 bytes, limit 50000');
  expect(await reason([null])).toContain('it has no value');
  expect(await reason([Buffer.concat([plain, plain])])).toContain('1288 bytes follow the end of its stream');
  const unended = await decode([plain.subarray(0, -8)]);
  expect(unended.bad).toEqual([]);
  const bad = await decode(Array.from({ length: plain.length - 8 }, (_, length) => plain.subarray(0, length)));
  expect(bad.bad.length + bad.batches.length).toBeGreaterThan(plain.length - 10);
  expect(bad.bad.every(({ reason: why }) => why.startsWith('Arrow message'))).toBe(true);
});

test('damaged messages are bad, or give as many events as they may', async () => {
  const decoder = arrowMessages({ needed, limits: { maxBytes: 100_000, maxEvents: 100 } });
  const seeds = Object.keys(expected).map(fixture);
  for (let round = 0; round < 40; round++) {
    const messages = hostileMessages(seeds, round * 50, 50);
    const { batches, bad } = await decoder(messages);
    const good = messages.length - bad.length;
    const events = batches.reduce((sum, { length }) => sum + length, 0);
    expect(events).toBeLessThanOrEqual(100 * good);
    for (const { columns, length } of batches)
      for (const column of columns.values()) expect(column).toHaveLength(length);
  }
});
