import { expect, it } from 'vitest';
import { isSeed } from '../../../operators/random/seed.js';

it('takes integers of 32 bits only', () => {
  for (const seed of [0, 1, 0xffffffff]) expect(isSeed(seed), `${seed}`).toBe(true);
  for (const seed of [-1, 1.5, 2 ** 32, NaN, Infinity]) expect(isSeed(seed), `${seed}`).toBe(false);
});
