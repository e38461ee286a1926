import fc from 'fast-check';
import { compressionsAlgorithms } from '@platformatic/kafka';
import { expect, test } from 'vitest';
import { expandSnappy } from '../../sources/snappy.js';

const { compressSync } = compressionsAlgorithms.snappy;

// Written by hand after the Snappy format description: literal 'abcd', a copy of 8 from 4 back (one-byte offset), 'e'.
test('literals and copies', () => {
  const block = Buffer.from([13, 0x0c, 97, 98, 99, 100, 0x11, 4, 0x00, 101]);
  expect(Buffer.from(expandSnappy(block, 13)).toString()).toBe('abcdabcdabcde');
  expect(() => expandSnappy(block, 12)).toThrow('it expands to more than 12 bytes');
  for (let length = 0; length < block.length; length++) {
    expect(() => expandSnappy(block.subarray(0, length), 13)).toThrow('Snappy');
  }
  expect(() => expandSnappy(Buffer.from([4, 0x01, 1]), 10)).toThrow('before its frame');
});

test('gives back what another writer compressed, raw or framed', () => {
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300, size: 'max' }), { minLength: 1, maxLength: 4 }), (parts) => {
      const repeated = parts.map((part) => Buffer.concat([part, part, Buffer.alloc(70, part[0] ?? 1), part]));
      const blocks = repeated.map((part) => compressSync(part));
      expect(Buffer.from(expandSnappy(blocks[0]!, 1e4)).equals(repeated[0]!)).toBe(true);
      const framed = blocks.flatMap((block) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(block.length);
        return [length, block];
      });
      const all = expandSnappy(Buffer.concat([header, ...framed]), 1e5);
      expect(Buffer.from(all).equals(Buffer.concat(repeated))).toBe(true);
    }),
  );
});
