import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openSample } from '../../sources/index.js';
import { fixture, problemOf } from './read_table.js';

const scratch = mkdtempSync(join(tmpdir(), 'samples-'));
mkdirSync(join(scratch, 'directory.parquet'));

const lhe = Buffer.from('<LesHouchesEvents version="3.0">\n<init>\n</init>\n</LesHouchesEvents>\n');
const contents: Record<string, Buffer> = {
  parquet: readFileSync(fixture('table.parquet')),
  arrow: readFileSync(fixture('table.arrow')),
  stream: readFileSync(fixture('table.arrows')),
  avro: readFileSync(fixture('table.avro')),
  root: readFileSync(fixture('table.root')),
  csv: readFileSync(fixture('table.csv')),
  jsonl: readFileSync(fixture('table.jsonl')),
  lhe,
  gzip: gzipSync(lhe),
};

function written(name: string, bytes: Buffer | string): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

test.each([
  ['a.parquet', 'parquet', 'parquet'],
  ['a.pq', 'parquet', 'parquet'],
  ['a.PARQUET', 'parquet', 'parquet'],
  ['without_ending', 'parquet', 'parquet'],
  ['a.arrow', 'arrow', 'arrow'],
  ['a.feather', 'arrow', 'arrow'],
  ['b.arrow', 'stream', 'arrow'],
  ['a.avro', 'avro', 'avro'],
  ['a.root', 'root', 'root'],
  ['a.csv', 'csv', 'csv'],
  ['a.jsonl', 'jsonl', 'jsonl'],
  ['a.ndjson', 'jsonl', 'jsonl'],
  ['a.json', 'jsonl', 'jsonl'],
  ['a.lhe', 'lhe', 'lhe'],
  ['a.lhe.gz', 'gzip', 'lhe'],
  ['b.lhe', 'gzip', 'lhe'],
])('%s with %s content is read as %s', async (name, content, format) => {
  const path = written(name, contents[content]!);
  const { source, bytes } = await openSample(path);
  expect(source.format).toBe(format);
  expect(bytes).toBe(contents[content]!.length);
});

test.each([
  ['c.parquet', contents['lhe']!, 'holds an LHE file, not Parquet: rename it'],
  ['c.arrow', contents['parquet']!, 'holds a Parquet file, not Arrow: rename it'],
  ['c.lhe', contents['arrow']!, 'holds an Arrow file, not LHE: rename it'],
  ['c.lhe.gz', contents['root']!, 'holds a ROOT file, not LHE: rename it'],
  ['c.csv', contents['jsonl']!, 'holds a JSON lines file, not CSV: rename it'],
  ['c.root', contents['avro']!, 'holds an Avro file, not ROOT: rename it'],
  ['d.parquet', Buffer.from([1, 2, 0, 3, 200]), 'holds binary data, not a Parquet file: readable are .lhe'],
  ['d.csv', Buffer.from([65, 0, 66, 0, 10, 0]), 'holds binary data, not a CSV file: readable are .lhe'],
  ['d.txt', 'pt eta\n1 2\n', 'holds text that begins "pt eta": readable are .lhe .lhe.gz .parquet'],
  ['d.zip', 'PK\x03\x04', 'holds a zip archive: readable are'],
  ['d.csv.gz', gzipSync('pt\n1\n'), 'is packed with gzip: unpack it first (gunzip)'],
  ['d.json', '[{"pt": 1}]', 'holds a JSON array, not JSON lines: write one object an event, each on its own line'],
  ['e.parquet', 'PARE', 'is an encrypted Parquet file: write it without encryption'],
  ['e.feather', 'FEA1', 'is a Feather file of version 1: write version 2'],
  ['empty.parquet', '', 'file is empty: write it again'],
])('%s is refused', async (name, bytes, message) => {
  const path = written(name, bytes);
  expect(await problemOf(() => openSample(path))).toContain(`${path}: ${message}`);
});

test('what is no file is refused', async () => {
  const missing = join(scratch, 'missing.parquet');
  expect(await problemOf(() => openSample(missing))).toBe(`${missing}: no such file: check the path`);
  const directory = join(scratch, 'directory.parquet');
  expect(await problemOf(() => openSample(directory))).toBe(`${directory}: is a directory: name the files in it`);
  expect(await problemOf(() => openSample('/dev/null'))).toContain('/dev/null: is no regular file');
  expect(await problemOf(() => openSample(join(scratch, 'a.csv', 'b')))).toContain('file cannot be opened');
});
