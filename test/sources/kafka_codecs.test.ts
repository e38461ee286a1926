import { readFileSync } from 'node:fs';
import { Reader, readRecordsBatches } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { enableCodecs } from '../../sources/kafka_codecs.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/codecs/${name}`, import.meta.url));
const lines = fixture('records.txt').toString().trim().split('\n');

// Written by the producer of Apache Kafka 4.1 (make_record_batches.sh).
test.each(['gzip', 'snappy', 'lz4', 'zstd'])('the client reads record batches with %s', (codec) => {
  enableCodecs();
  enableCodecs();
  const batches = readRecordsBatches(Reader.from(fixture(`records.${codec}`)));
  expect(batches.every(({ attributes }) => (attributes & 7) > 0)).toBe(true);
  expect(batches.flatMap(({ records }) => records.map(({ value }) => value?.toString()))).toEqual(lines);
});

test('damaged records throw', () => {
  enableCodecs();
  for (const codec of ['gzip', 'snappy', 'zstd']) {
    const bytes = fixture(`records.${codec}`);
    bytes.fill(0xff, 200, 300);
    expect(() => readRecordsBatches(Reader.from(bytes)), codec).toThrow();
  }
});
