import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonl } from '../../../sources/text/jsonl.js';
import { problemOf, readAll } from '../read_table.js';

const scratch = mkdtempSync(join(tmpdir(), 'jsonl-'));
let files = 0;
function written(...lines: string[]): string {
  const path = join(scratch, `${++files}.jsonl`);
  writeFileSync(path, lines.join('\n'));
  return path;
}

test('a wrong line is counted, takes its position, and leaves the others as they are', async () => {
  const path = written(
    '{"a":1,"b":[1,2.5,null]}',
    '{"a":2,',
    '{"a":"x"}',
    '42',
    '{}',
    '',
    '{"a":9007199254740993,"b":[9007199254740993, 9007199254740992]}',
    '{"a":NaN,"b":[NaN,-Infinity]}',
    '{"a":1e400,"b":null}',
    '{"a":3,"b":4}',
    '{"a":3,"b":[[4]]}',
    '{"a":true,"c":"NaN 12345678901234567890 \\" Infinity"}',
    '[1]',
    '{"a":"-Infinity"}',
  );
  for (const batchEvents of [1, 2, 100]) {
    const read = await readAll(jsonl, path, ['a', 'b'], { batchEvents });
    expect(read.columns['a']).toEqual([1, NaN, NaN, NaN, Infinity, 1, -Infinity]);
    expect(read.columns['b']).toEqual([[1, 2.5, NaN], [], [NaN, 2 ** 53], [NaN, -Infinity], [], [], []]);
    expect(read.positions).toEqual([0, 4, 5, 6, 7, 10, 12]);
    expect(read.rejected).toEqual({ 'malformed row': 6 });
  }
});

test('numbers are read as they were written, however many digits they have', async () => {
  const numbers = fc
    .sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 500)
    .map((x) => (Math.abs(x) < 1e15 || Math.abs(x) >= 1e21 ? x : x / 1e10));
  const path = written(...numbers.map((x) => JSON.stringify({ x, y: [x, x] })));
  const read = await readAll(jsonl, path, ['x', 'y']);
  expect(read.rejected).toEqual({});
  expect(read.columns['x']).toEqual(numbers.map((x) => JSON.parse(JSON.stringify(x)) as number));
});

test('text and objects are no columns', async () => {
  const path = written('{"a":1,"name":"x","o":{"a":1}}', '{"a":2,"name":"y","o":{"a":1}}');
  expect(await problemOf(() => readAll(jsonl, path, ['name']))).toContain("column 'name' is text");
  expect(await problemOf(() => readAll(jsonl, path, ['o']))).toContain("column 'o' is object");
  const none = written('1', '2');
  expect(await problemOf(() => readAll(jsonl, none, ['a']))).toContain(`${none}: no JSON objects`);
});
