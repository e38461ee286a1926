import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostBytes, packChunk, unpackChunk, type PackedChunk } from '../../runtime/packed_chunk.js';
import type { SkimChunk } from '../../runtime/skim.js';

interface Given {
  readonly x: readonly number[];
  readonly position?: readonly number[];
  readonly key?: readonly number[];
}

function chunkWith({ x, position = x.map((_, i) => i), key = x.map((_, i) => i) }: Given): SkimChunk {
  return {
    sample: 3,
    length: x.length,
    columns: new Map([
      ['x', Float64Array.from(x)],
      ['y', Float64Array.from(x, (value) => -value)],
    ]),
    split: Uint8Array.from(x, (_, i) => i % 3),
    position: Float64Array.from(position),
    keyLo: Uint32Array.from(key),
    keyHi: new Uint32Array(x.length),
  };
}

const everything = { columns: ['x', 'y'], keys: true };

function packed(chunk: SkimChunk): { packed: PackedChunk; bytes: Uint8Array } {
  return packChunk(chunk, new ArrayBuffer(mostBytes(chunk.columns.size, chunk.length)));
}

function again(chunk: SkimChunk, wish = everything): SkimChunk {
  const { packed: head, bytes } = packed(chunk);
  const room = new ArrayBuffer(mostBytes(chunk.columns.size, chunk.length));
  new Uint8Array(room).fill(0xa5);
  return unpackChunk(head, wish, room, (into, from) => {
    expect(from + into.length).toBeLessThanOrEqual(bytes.length);
    into.set(bytes.subarray(from, from + into.length));
  });
}

/** vitest's toEqual, like Object.is, tells −0 from 0 and takes any NaN for another. */
const plain = ({ columns, ...rest }: SkimChunk): unknown => ({
  columns: [...columns].map(([name, x]) => [name, [...x]]),
  ...{ sample: rest.sample, length: rest.length, split: [...rest.split] },
  ...{ position: [...rest.position], keyLo: [...rest.keyLo], keyHi: [...rest.keyHi] },
});

const float32s = fc.float({ noDefaultInfinity: false });
const columns = fc.oneof(
  fc.array(fc.double(), { minLength: 1, maxLength: 40 }),
  fc.array(float32s, { minLength: 1, maxLength: 40 }),
  fc.array(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** -149, 2 ** -150, 16_777_217), {
    minLength: 1,
    maxLength: 40,
  }),
  fc.tuple(fc.double(), fc.integer({ min: 1, max: 40 })).map(([value, n]) => Array<number>(n).fill(value)),
  fc
    .tuple(fc.double(), fc.integer({ min: 1, max: 40 }))
    .map(([first, n]) => Array.from({ length: n }, (_, i) => first + i)),
);

test('what is read back has the same bits', () => {
  fc.assert(
    fc.property(columns, fc.boolean(), fc.nat(2 ** 32 - 1), (x, hole, key) => {
      const position = x.map((_, i) => 1e6 + i + (hole && i > 0 ? 1 : 0));
      const chunk = chunkWith({ x, position, key: x.map((_, i) => key + i) });
      expect(plain(again(chunk))).toEqual(plain(chunk));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['one value', [2.5, 2.5, 2.5], 'same'],
  ['one NaN', [NaN, NaN], 'same'],
  ['one row', [0.1], 'same'],
  ['both zeros', [0, -0, 0], 'float32'],
  ['a count', [7, 8, 9], 'rising'],
  ['a count from −0', [-0, 1, 2], 'float32'],
  ['a count that passes −0', [-1, -0, 1], 'float32'],
  ['float32', [Math.fround(0.1), -0, NaN, Infinity, 2 ** -149], 'float32'],
  ['the first number that float32 does not have', [1, 16_777_217, 4], 'whole'],
  ['half of the smallest float32', [1, 2 ** -150], 'whole'],
  ['double precision', [0.1, 0.2, 0.3], 'whole'],
])('%s', (_, x, packing) => {
  const chunk = chunkWith({ x });
  expect(packed(chunk).packed.packings[0]).toBe(packing);
  expect(plain(again(chunk))).toEqual(plain(chunk));
});

test('float32 columns take 4 bytes a row; a value that repeats and positions that count take none', () => {
  const x = Array.from({ length: 64 }, (_, i) => Math.fround(Math.sqrt(i)));
  expect(packed(chunkWith({ x })).bytes.length).toBe(64 * (4 + 4 + 1));
  expect(packed(chunkWith({ x: x.map(() => 1) })).bytes.length).toBe(64);
  expect(packed(chunkWith({ x: x.map((value) => value + 0.1) })).bytes.length).toBe(64 * (8 + 8 + 1));
});

test('only what is wished for is read', () => {
  const chunk = chunkWith({ x: [0.1, 2, 0.3], position: [5, 9, 10], key: [1, 2, 4_294_967_295] });
  const some = again(chunk, { columns: ['y'], keys: false });
  expect([...some.columns]).toEqual([['y', Float64Array.of(-0.1, -2, -0.3)]]);
  expect([...some.split]).toEqual([0, 1, 2]);
  expect([some.position.length, some.keyLo.length, some.keyHi.length]).toEqual([0, 0, 0]);
});
