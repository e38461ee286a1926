import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { avro } from '../../../sources/avro/avro.js';
import { problemOf, readAll } from '../read_table.js';

const scratch = mkdtempSync(join(tmpdir(), 'avro-'));
const sync = Buffer.alloc(16, 7);

/** Avro's encodings (Avro 1.12 specification, "Binary Encoding"), written down apart from the reader. */
function long(n: bigint | number): Buffer {
  let left = BigInt.asUintN(64, (BigInt(n) << 1n) ^ (BigInt(n) >> 63n));
  const bytes: number[] = [];
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}
const bytes = (b: Buffer | string): Buffer => Buffer.concat([long(Buffer.byteLength(b)), Buffer.from(b)]);
const block = (count: number, data: Buffer): Buffer => Buffer.concat([long(count), bytes(data), sync]);

let files = 0;
function written(type: unknown, codec: string, ...blocks: Buffer[]): string {
  const path = join(scratch, `${++files}.avro`);
  const schema = { type: 'record', name: 'Event', fields: [{ name: 'x', type }] };
  const meta = [
    long(2),
    bytes('avro.schema'),
    bytes(JSON.stringify(schema)),
    bytes('avro.codec'),
    bytes(codec),
    long(0),
  ];
  writeFileSync(path, Buffer.concat([Buffer.from('Obj\x01'), ...meta, sync, ...blocks]));
  return path;
}
const doubles = { type: 'array', items: 'double' };

test.each([
  [0n, 0],
  [-1n, -1],
  [63n, 63],
  [-64n, -64],
  [2n ** 31n, 2 ** 31],
  [-(2n ** 48n), -(2 ** 48)],
  [2n ** 53n - 1n, 2 ** 53 - 1],
  [2n ** 53n, 2 ** 53],
  [-(2n ** 53n), -(2 ** 53)],
  [2n ** 53n + 1n, NaN],
  [-(2n ** 53n) - 1n, NaN],
  [2n ** 63n - 1n, NaN],
  [-(2n ** 63n), NaN],
])('long %d', async (stored, value) => {
  const path = written('long', 'null', block(1, long(stored)));
  expect((await readAll(avro, path, ['x'])).columns).toEqual({ x: [value] });
});

test('arrays in several blocks, with and without the size of each, of numbers or null', async () => {
  const items = { type: 'array', items: ['null', 'int', 'boolean'] };
  const one = Buffer.concat([
    long(2),
    long(1),
    long(5),
    long(0),
    long(-1),
    long(2),
    long(2),
    Buffer.from([1]),
    long(0),
  ]);
  const path = written(items, 'deflate', block(2, deflateRawSync(Buffer.concat([one, long(0)]))));
  expect((await readAll(avro, path, ['x'])).columns).toEqual({ x: [[5, NaN, 1], []] });
  expect((await readAll(avro, path, [])).positions).toEqual([0, 1]);
});

test('logical types and named types are read as what they are stored as', async () => {
  const path = written({ type: 'long', logicalType: 'timestamp-millis' }, 'null', block(1, long(5)));
  expect((await readAll(avro, path, ['x'])).columns).toEqual({ x: [5] });
});

test('counts and sizes are not believed before their bytes are there', async () => {
  const hostile: [string, unknown, Buffer][] = [
    ['an array of 10^9 numbers in 9 bytes', doubles, block(1, Buffer.concat([long(1e9), Buffer.alloc(4)]))],
    ['an array of 2^62 numbers', doubles, block(1, Buffer.concat([long(2n ** 62n), Buffer.alloc(4)]))],
    ['10^9 times nothing', { type: 'array', items: 'null' }, block(1, Buffer.concat([long(1e9), long(0)]))],
    ['10^15 events', 'double', block(1e15, Buffer.alloc(8))],
    ['10^15 events of nothing', 'null', block(1e15, Buffer.alloc(0))],
    ['a block of 10^12 bytes', 'double', Buffer.concat([long(1), long(1e12), Buffer.alloc(64)])],
    ['a text of 10^12 bytes', 'string', block(1, long(1e12))],
    ['a text of -5 bytes', 'string', block(1, long(-5))],
    ['a number without an end', 'long', block(1, Buffer.alloc(40, 255))],
    ['a branch that is none', ['null', 'double'], block(1, long(7))],
    ['another sync marker', 'long', Buffer.concat([long(1), bytes(long(1)), Buffer.alloc(16)])],
  ];
  for (const [what, type, data] of hostile) {
    const path = written(type, 'null', data);
    for (const columns of [['x'], []]) {
      if (columns.length > 0 && (type === 'string' || type === 'null' || what.includes('nothing'))) continue;
      expect(await problemOf(() => readAll(avro, path, columns)), what).toContain(
        'Avro file is cut off or damaged at byte',
      );
    }
  }
});

test('records that hold themselves are passed over, and end', async () => {
  const node = { type: 'record', name: 'Node', fields: [{ name: 'next', type: ['null', 'Node'] }] };
  const path = written(node, 'null', block(1, Buffer.concat([long(1), long(1), long(0)])));
  expect((await readAll(avro, path, [])).positions).toEqual([0]);
  const endless = { type: 'record', name: 'Node', fields: [{ name: 'next', type: 'Node' }] };
  expect(await problemOf(() => readAll(avro, written(endless, 'null', block(1, long(0))), []))).toContain('damaged');
});

test('the events before the damage are delivered', async () => {
  const path = written('long', 'null', block(2, Buffer.concat([long(1), long(2)])), block(9, long(3)));
  let seen = 0;
  await expect(async () => {
    for await (const batch of avro.read(path, ['x'], { batchEvents: 1 })) seen += batch.length;
  }).rejects.toThrow('9 events in 1 bytes');
  expect(seen).toBe(2);
});

test('zstandard is expanded', async () => {
  const frame = readFileSync(new URL('../../fixtures/codecs/doubles_3.zst', import.meta.url));
  const { columns } = await readAll(avro, written('double', 'zstandard', block(2000, frame)), ['x']);
  expect(columns['x']).toHaveLength(2000);
  expect(columns['x']?.every((x) => typeof x === 'number' && x >= 0 && Number.isInteger(64 * x))).toBe(true);
});

test('a codec that is not supported is named', async () => {
  const path = written('long', 'snappy', block(1, long(1)));
  expect(await problemOf(() => readAll(avro, path, ['x']))).toBe(
    `${path}: Avro codec 'snappy' is not supported: write it with codec deflate, zstandard or null`,
  );
});
