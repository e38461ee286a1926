import { expect, it } from 'vitest';
import { STREAM } from '../../../operators/random/streams.js';

it('gives every use of chance a word of its own', () => {
  const words = Object.values(STREAM);
  expect(new Set(words).size).toBe(words.length);
});
