import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csv } from '../../../sources/text/csv.js';
import { problemOf, readAll } from '../read_table.js';

const scratch = mkdtempSync(join(tmpdir(), 'csv-'));
let files = 0;
function written(text: string): string {
  const path = join(scratch, `${++files}.csv`);
  writeFileSync(path, text);
  return path;
}

test('a wrong row is counted, takes its position, and leaves the others as they are', async () => {
  const rows = [
    '1,2,3',
    '4,x,6',
    '7,8',
    '9,10,11,12',
    '13,"14",15',
    '16,"open,18',
    '',
    '19,nan,-inf',
    '20,,Infinity',
    '21,"2"2,3',
  ];
  const path = written(`a,b,c\n${rows.join('\n')}\n`);
  for (const batchEvents of [1, 2, 3, 100]) {
    const read = await readAll(csv, path, ['a', 'c', 'b'], { batchEvents });
    expect(read.columns).toEqual({ a: [1, 13, 19, 20], b: [2, 14, NaN, NaN], c: [3, 15, -Infinity, Infinity] });
    expect(read.positions).toEqual([0, 4, 6, 7]);
    expect(read.rejected).toEqual({ 'malformed row': 5 });
  }
});

test('text in a column that is not asked for is no matter', async () => {
  const read = await readAll(csv, written('a,b\n1,x\n2,3\n4,"y,""z"""\n'), ['a']);
  expect(read.columns).toEqual({ a: [1, 2, 4] });
  expect(read.rejected).toEqual({});
});

test.each([
  ['semicolons', 'a;b\n1;2,5\n', ';'],
  ['tabs', 'a\tb\n1\t"2,5"\n', '\t'],
  ['bars', 'a|b\n1|x\n', '|'],
])('columns separated by %s', async (_, text) => {
  expect((await readAll(csv, written(text), ['a'])).columns).toEqual({ a: [1] });
});

test('line ends of any system, a byte order mark, blanks and quotes around names', async () => {
  const read = await readAll(csv, written('\ufeff"a, b", c\r\n1,2\r\n\r\n3,4'), ['a, b', 'c']);
  expect(read.columns).toEqual({ 'a, b': [1, 3], c: [2, 4] });
  expect(read.positions).toEqual([0, 1]);
});

test('a row may cross any boundary of what is read at once', async () => {
  const n = 150_000;
  const path = written(`a,b\n${Array.from({ length: n }, (_, i) => `${i},${i / 7}`).join('\n')}\n`);
  const read = await readAll(csv, path, ['a', 'b'], { batchEvents: 4096 });
  expect(read.columns['a']).toEqual(Array.from({ length: n }, (_, i) => i));
  expect(read.columns['b']).toEqual(Array.from({ length: n }, (_, i) => i / 7));
});

test('a column of integers may turn into decimals late in the file', async () => {
  const path = written(`a\n${'1\n'.repeat(50_000)}1.5\n`);
  expect((await readAll(csv, path, ['a'])).columns['a']!.at(-1)).toBe(1.5);
});

test('what is no table is refused in one line', async () => {
  const line = written(`a,b\n1,2\n${'9'.repeat(17 << 20)}`);
  expect(await problemOf(() => readAll(csv, line, ['a']))).toBe(
    `${line}:3: line is longer than 16 MiB: write one event a line`,
  );
  const headless = written('1,2\n3,4\n');
  expect(await problemOf(() => readAll(csv, headless, ['a']))).toContain(`${headless}:1: no names of columns`);
  const twice = written('a,b,a\n1,2,3\n');
  expect(await problemOf(() => readAll(csv, twice, ['a']))).toContain(`${twice}:1: column 'a' stands there twice`);
  const blank = written('\n\n');
  expect(await problemOf(() => readAll(csv, blank, ['a']))).toContain('CSV file is blank');
});
