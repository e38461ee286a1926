import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decompress } from 'fzstd';
import { expect, test } from 'vitest';
import { expandZstd } from '../../sources/zstd.js';
import { expandFrames } from '../../sources/zstd/frame.js';

const folder = new URL('../fixtures/codecs/', import.meta.url);
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));
const frames = JSON.parse(fixture('frames.json').toString()) as Record<string, { bytes: number; sha256: string }>;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

// Written by the reference library (make_frames.py).
test.each(Object.entries(frames))('%s', (name, { bytes, sha256: expected }) => {
  for (const expand of [expandZstd, expandFrames]) {
    const expanded = expand(fixture(name), bytes);
    expect(expanded).toHaveLength(bytes);
    expect(sha256(expanded)).toBe(expected);
    if (bytes > 0) expect(() => expand(fixture(name), bytes - 1)).toThrow();
  }
});

test('another decoder finds the same bytes', () => {
  for (const name of ['text_19.zst', 'doubles_3.zst', 'skewed_1.zst']) {
    expect(sha256(decompress(fixture(name)))).toBe(frames[name]!.sha256);
  }
});

test('frames that are cut off, or state more than the limit, are refused', () => {
  const whole = fixture('text_3.zst');
  for (let length = 1; length < whole.length; length += 37) {
    expect(() => expandFrames(whole.subarray(0, length), 1e6)).toThrow();
  }
  // A frame that states 2^60 bytes, and one block of 2^17 times the same byte, again and again.
  const stated = Buffer.from('28b52ffde00000000000000010010000', 'hex');
  expect(() => expandFrames(stated, 1e6)).toThrow('it expands to more than 1000000 bytes');
  const same = Buffer.from('02001000', 'hex');
  const bomb = Buffer.concat([Buffer.from('28b52ffd0058', 'hex'), ...Array<Buffer>(1000).fill(same)]);
  expect(() => expandFrames(bomb, 1e6)).toThrow('it expands to more than 1000000 bytes');
});

test('98,047 matches of 65,539 bytes each, declared in 22 bytes, end at once', () => {
  const block = Buffer.from('0961ffffff54000034', 'hex');
  const head = 1 | (2 << 1) | ((block.length + 1) << 3);
  const frame = Buffer.concat([Buffer.from('28b52ffda000000200', 'hex'), Buffer.of(head, 0, 0), block, Buffer.of(1)]);
  expect(() => expandFrames(frame, 1 << 17)).toThrow('ZSTD');
});

test('damaged frames throw an Error or give bytes within the limit', () => {
  const whole = ['text_19.zst', 'doubles_3.zst', 'skewed_-5.zst', 'two_frames.zst'].map(fixture);
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...whole), damage, fc.boolean(), (frame, changes, cut) => {
      const bytes = Uint8Array.from(frame);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        const length = cut ? changes[0]![0] % bytes.length : bytes.length;
        expect(expandFrames(bytes.subarray(0, length), 40_000).length).toBeLessThanOrEqual(40_000);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Error);
        expect(thrown).not.toBeInstanceOf(TypeError);
      }
    }),
    { numRuns: 500 },
  );
});
