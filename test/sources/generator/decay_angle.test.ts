import { expect, it } from 'vitest';
import { decayAngle } from '../../../sources/generator/decay_angle.js';
import { expectTable } from './reference.js';

it('inverts the integral of the density', () => {
  expectTable('decay_angle.json', decayAngle, 1e-15);
});

it('stays in [−1, 1] and reaches the ends', () => {
  expect([decayAngle(0), decayAngle(1)].map((c) => Math.abs(c))).toEqual(
    [1, 1].map((c) => expect.closeTo(c, 14) as number),
  );
  for (let i = 0; i <= 1000; i++) expect(Math.abs(decayAngle(i / 1000))).toBeLessThanOrEqual(1);
});
