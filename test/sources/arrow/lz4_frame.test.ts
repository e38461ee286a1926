import { expect, test } from 'vitest';
import { expandLz4 } from '../../../sources/arrow/lz4_frame.js';

const frame = (flags: number, ...blocks: number[][]): Uint8Array =>
  Uint8Array.from([
    0x04,
    0x22,
    0x4d,
    0x18,
    flags,
    0x40,
    0,
    ...blocks.flatMap((b) => [b.length, 0, 0, 0, ...b]),
    0,
    0,
    0,
    0,
  ]);

// Sequences written by hand after the LZ4 block format description (lz4.org, lz4_Block_format.md).
test('literals, a match, and a match that overlaps itself', () => {
  // 'abcd', then 8 bytes from 4 back, then the literal 'e'.
  expect(Buffer.from(expandLz4(frame(0x60, [0x44, 97, 98, 99, 100, 4, 0, 0x10, 101]), 13)).toString()).toBe(
    'abcdabcdabcde',
  );
  // 'x', then 4 + 15 + 1 times the byte before.
  expect(Buffer.from(expandLz4(frame(0x60, [0x1f, 120, 1, 0, 1, 0x10, 121]), 22)).toString()).toBe(
    `${'x'.repeat(21)}y`,
  );
  // A match reaches back into the block before.
  expect(Buffer.from(expandLz4(frame(0x40, [0x30, 97, 98, 99], [0x01, 3, 0, 0x10, 100]), 9)).toString()).toBe(
    'abcabcabd',
  );
});

test('damage throws and never passes the stated size', () => {
  const good = frame(0x60, [0x44, 97, 98, 99, 100, 4, 0, 0x10, 101]);
  expect(() => expandLz4(good, 12)).toThrow();
  expect(() => expandLz4(good, 14)).toThrow();
  for (let length = 0; length < good.length; length++) expect(() => expandLz4(good.subarray(0, length), 13)).toThrow();
  expect(() => expandLz4(frame(0x60, [0x14, 97, 9, 0, 0x10, 101]), 10)).toThrow('damaged');
});
