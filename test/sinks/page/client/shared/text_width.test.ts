import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitted, textWidth } from '../../../../../sinks/page/client/shared/text_width.js';

test('a text that fits stays, a longer one ends in an ellipsis', () => {
  expect(fitted('0: low H_T, close', 200)).toBe('0: low H_T, close');
  expect(fitted('abcdefghij', 45)).toBe('abcde…');
});

test('what comes out fits, unless not even a letter does', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 20, max: 300 }), (text, pixels) => {
      expect(textWidth(fitted(text, pixels))).toBeLessThanOrEqual(pixels);
    }),
  );
});
