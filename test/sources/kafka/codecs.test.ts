import { gzipSync } from 'node:zlib';
import { compressionsAlgorithms } from '@platformatic/kafka';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecName, expandRecords } from '../../../sources/kafka/codecs.js';

const packed: readonly (readonly [number, (bytes: Buffer) => Buffer])[] = [
  [0, (bytes) => bytes],
  [1, (bytes) => gzipSync(bytes)],
  [2, (bytes) => compressionsAlgorithms.snappy.compressSync(bytes)],
  [3, (bytes) => compressionsAlgorithms.lz4.compressSync(bytes)],
];

describe('expandRecords', () => {
  for (const [codec, pack] of packed) {
    it(`gives back what ${codecName(codec)} packed`, () => {
      fc.assert(
        fc.property(
          fc.uint8Array({ minLength: 1, maxLength: 2000 }),
          fc.integer({ min: 1, max: 50 }),
          (part, times) => {
            const bytes = Buffer.concat(Array.from({ length: times }, () => Buffer.from(part)));
            expect(expandRecords(codec, pack(bytes), bytes.length).equals(bytes)).toBe(true);
          },
        ),
        { numRuns: 50 },
      );
    });
    if (codec === 0) continue;

    it(`does not expand ${codecName(codec)} beyond the limit`, () => {
      const bomb = pack(Buffer.alloc(4_000_000));
      expect(bomb.length).toBeLessThan(250_000);
      expect(() => expandRecords(codec, bomb, 3_999_999)).toThrow();
      expect(expandRecords(codec, bomb, 4_000_000).length).toBe(4_000_000);
    });

    it(`throws on ${codecName(codec)} that is cut or changed, or gives bytes within the limit`, () => {
      const good = pack(Buffer.from('regimes '.repeat(200)));
      fc.assert(
        fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.boolean(), (at, byte, cut) => {
          const bad = Buffer.from(cut ? good.subarray(0, at) : good);
          if (!cut) bad[at] = byte;
          try {
            expect(expandRecords(codec, bad, 10_000).length).toBeLessThanOrEqual(10_000);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        }),
        { numRuns: 300 },
      );
    });
  }

  it('refuses a codec that the protocol does not have', () => {
    expect(() => expandRecords(5, Buffer.alloc(3), 10)).toThrow('codec 5 is unknown');
  });
});
