import { readFileSync } from 'node:fs';
import { crc32c } from '@platformatic/kafka';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../operators/problem.js';
import { encodeRecordBatch, type OutRecord } from '../../../sinks/kafka/record_batch.js';
import { readRecordBatches } from '../../../sources/kafka/record_batches.js';
import { problemOf } from '../../support/problem_of.js';

const place = { topic: 'events', partition: 3 };
const segment = (codec: string): Buffer => readFileSync(new URL(`../../fixtures/kafka/${codec}.log`, import.meta.url));
const read = (bytes: Buffer, from = 0) => readRecordBatches(bytes, from, [], place);

/** What test/fixtures/kafka/README.md says the producer was given. */
const written = Array.from({ length: 20 }, (_, i) => ({
  offset: i,
  key: Buffer.from(`key-${i}`),
  value: Buffer.from(`value number ${i}, and the same words again and again and again`),
  headers: new Map([
    ['h1', `v${i}`],
    ['h2', 'two'],
  ]),
}));

describe('readRecordBatches', () => {
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    it(`reads what Apache Kafka wrote with ${codec}`, () => {
      expect(read(segment(codec))).toEqual({ records: written, next: 20 });
      expect(read(segment(codec), 17)).toEqual({ records: written.slice(17), next: 20 });
      expect(read(segment(codec), 20)).toEqual({ records: [], next: 20 });
    });

    it(`refuses every damaged byte of a batch with ${codec}, or leaves it to the next fetch`, () => {
      const whole = segment(codec);
      // Beyond base offset, length and leader epoch, which are the broker's and not under the checksum.
      for (let at = 16; at < whole.length; at++) {
        const damaged = Buffer.from(whole);
        damaged[at]! ^= 0x41;
        expect(() => read(damaged), `byte ${at}`).toThrow(Problem);
      }
      for (let at = 0; at < whole.length; at++) {
        const { records, next } = read(whole.subarray(0, at));
        expect(records.length, `cut at ${at}`).toBe(next);
      }
    });
  }

  it('agrees on the checksum with RFC 3720, appendix B.4: CRC-32C of 32 bytes', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('gives back what the writer encodes, whatever it is', () => {
    const bytes = fc.oneof(
      fc.constant(null),
      fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
    );
    const record = fc.record({
      key: bytes,
      value: bytes,
      headers: fc.option(fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 })), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 70 }),
        fc.constantFrom('none', 'gzip', 'lz4'),
        (some, compression) => {
          const records = some.map(({ headers, ...each }): OutRecord => ({
            ...place,
            ...each,
            ...(headers && { headers }),
          }));
          const batch = encode(records, compression);
          const got = read(Buffer.concat([batch, batch.subarray(0, batch.length - 1)]));
          expect(got.next).toBe(records.length);
          expect(got.records).toEqual(
            records.map(({ key, value, headers }, offset) => ({
              offset,
              key,
              value,
              headers: new Map(Object.entries(headers ?? {})),
            })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never crashes on records that are damaged under a right checksum', () => {
    const batch = encode(
      written.map(({ key, value }) => ({ ...place, key, value })),
      'none',
    );
    fc.assert(
      fc.property(fc.integer({ min: 57, max: batch.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const damaged = Buffer.from(batch);
        damaged[at] = byte;
        damaged.writeUInt32BE(crc32c(damaged.subarray(21)), 17);
        try {
          for (const { key, value } of read(damaged).records)
            expect((key?.length ?? 0) + (value?.length ?? 0)).toBeLessThan(batch.length);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('passes control batches over, and those of an aborted transaction', () => {
    const at = (offset: number, attributes: number, producer: bigint): Buffer => {
      const batch = encode([{ ...place, key: null, value: Buffer.from(String(offset)) }], 'none');
      batch.writeBigInt64BE(BigInt(offset), 0);
      batch.writeInt16BE(attributes, 21);
      batch.writeBigInt64BE(producer, 43);
      batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
      return batch;
    };
    const [transactional, control] = [0x10, 0x30];
    const log = Buffer.concat([
      at(10, transactional, 7n),
      at(11, transactional, 8n),
      at(12, 0, -1n),
      at(13, control, 7n),
      at(14, transactional, 7n),
      at(15, control, 8n),
      at(16, control, 7n),
    ]);
    const got = readRecordBatches(log, 10, [{ producerId: 7n, firstOffset: 10 }], place);
    expect(got.records.map(({ offset }) => offset)).toEqual([11, 12, 14]);
    expect(got.next).toBe(17);
  });

  it('says what is wrong with a batch, and where', async () => {
    const damaged = Buffer.from(segment('none'));
    damaged[100]! ^= 1;
    expect((await problemOf(() => read(damaged))).message).toBe(
      'topic events partition 3 offset 0: record batch cannot be read: its checksum is wrong; ' +
        "mend the broker's log, or delete the records up to there and begin anew under another --group",
    );
    const unknown = Buffer.from(segment('none'));
    unknown.writeInt16BE(6, 21);
    unknown.writeUInt32BE(crc32c(unknown.subarray(21)), 17);
    expect((await problemOf(() => read(unknown))).message).toContain('codec 6: codec 6 is unknown');
    const old = Buffer.from(segment('none'));
    old[16] = 1;
    expect((await problemOf(() => read(old))).message).toContain('format 1 is older than Kafka 0.11');
  });
});

function encode(records: readonly OutRecord[], compression: 'none' | 'gzip' | 'lz4'): Buffer {
  return encodeRecordBatch(records, { compression, producerId: 1n, producerEpoch: 0, sequence: 5, timestampMs: 1e12 });
}
