import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../operators/summaries/codec.js';
import { hashKey } from '../../../operators/hash.js';
import { takePart, toParts, type Part, type Pending } from '../../../runtime/live/parts.js';
import { problemOf } from '../../support/problem_of.js';

const HASH = 'a'.repeat(64);
/** Bytes that do not compress. */
const noise = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => hashKey(seed, i, 0) & 255);
const taken = (pending: Pending, { value, headers }: Part): unknown =>
  takePart(pending, value, new Map(Object.entries(headers)), HASH, 'topic t offset 7');

const long = { kind: 'window', book: noise(2_000_000, 1) };
const other = { kind: 'window', book: noise(1_000_000, 2) };

test.each([
  ['nothing', null, 1],
  ['a little', { a: [1, 'x', -Infinity], b: new Float64Array([1.5, NaN]) }, 1],
  ['much that compresses', new Uint8Array(5_000_000), 1],
  ['much that does not', long, 3],
])('%s goes through', (_, message, count) => {
  const parts = toParts(message, HASH);
  expect(parts).toHaveLength(count);
  const pending: Pending = {};
  const found = parts.map((part) => taken(pending, part));
  expect(found.slice(0, -1)).toEqual(Array(count - 1).fill(null));
  expect(contentHash(found.at(-1))).toBe(contentHash(message));
  expect(pending).toEqual({});
});

test('a part fits in a message of a broker that nobody has changed', () => {
  for (const { value } of toParts(long, HASH)) expect(value.length).toBeLessThan(1_048_588 - 2000);
});

test('equal messages have equal parts, so a copy does no harm', () => {
  const [one, two] = [other, structuredClone(other)].map((message) => toParts(message, HASH));
  expect(one!.map(({ headers }) => headers)).toEqual(two!.map(({ headers }) => headers));
  expect(one!.every(({ value }, i) => value.equals(two![i]!.value))).toBe(true);
});

test('parts of messages and of their copies may come in any order', () => {
  const all = [...toParts(long, HASH), ...toParts(other, HASH)];
  fc.assert(
    fc.property(fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }), (parts) => {
      const pending: Pending = {};
      const whole = parts.map((part) => taken(pending, part)).filter((message) => message !== null);
      const lengths = whole.map((message) => (message as typeof long).book.length);
      expect(new Set(lengths)).toEqual(new Set([2_000_000, 1_000_000]));
    }),
    { numRuns: 10 },
  );
});

describe('what is no part is refused with its place', () => {
  const [part] = toParts({ a: 1 }, HASH);
  const { value, headers } = part!;
  const line = async (bytes: Buffer | null, more: Record<string, string | undefined>): Promise<string> => {
    const given = Object.entries<string | undefined>({ ...headers, ...more }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return (await problemOf(() => takePart({}, bytes, new Map(given), HASH, 'topic t offset 7'))).message;
  };

  test.each([
    ['no value', null, {}],
    ['no name', value, { id: undefined }],
    ['no number', value, { part: undefined }],
    ['a number that is none', value, { part: '1' }],
    ['a number beyond the count', value, { part: '1/1' }],
    ['a count that no message has', value, { part: '0/999999999' }],
  ])('%s', async (_, bytes, more) => {
    expect(await line(bytes, more)).toBe(
      'topic t offset 7: is no record of regimewatch; give the group topics of its own',
    );
  });

  test('another pipeline', async () => {
    expect(await line(value, { pipeline: 'b'.repeat(64) })).toBe(
      'topic t offset 7: was written by pipeline bbbbbbbbbbbb, this is aaaaaaaaaaaa; give another --group, or the pipeline it was',
    );
  });

  test('any damaged byte', async () => {
    for (const at of value.keys()) {
      const damaged = Buffer.from(value);
      damaged[at] = damaged[at]! ^ 1;
      expect(await line(damaged, {})).toMatch(/^topic t offset 7: is damaged: /);
    }
    expect(await line(value.subarray(1), {})).toMatch(/^topic t offset 7: is damaged: /);
  });
});
