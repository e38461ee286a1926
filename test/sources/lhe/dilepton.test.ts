import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseDilepton } from '../../../sources/lhe/dilepton.js';
import { newEventRecord, PARTICLE_FIELDS } from '../../../sources/lhe/event.js';

const particle = fc.record({
  id: fc.constantFrom(11, -11, 13, -13, 15, -15, 12, 21, 1000011),
  status: fc.constantFrom(1, 1, 1, 2, -1),
  px: fc.integer({ min: -4, max: 4 }),
});

test('the pair is the one that a search over all pairs finds', () => {
  fc.assert(
    fc.property(fc.array(particle, { maxLength: 12 }), (particles) => {
      const event = newEventRecord();
      event.count = particles.length;
      particles.forEach(({ id, status, px }, k) => {
        event.particles.set([id, status, 0, 0, 0, 0, px, 0], k * PARTICLE_FIELDS);
      });
      let best: { sum: number; first: number; positive: number; negative: number } | undefined;
      particles.forEach((a, positive) => {
        particles.forEach((b, negative) => {
          if (a.status !== 1 || b.status !== 1 || ![11, 13, 15].includes(b.id) || a.id !== -b.id) return;
          const sum = Math.abs(a.px) + Math.abs(b.px);
          const first = Math.min(positive, negative);
          const tie = sum === best?.sum && first < best.first;
          if (best === undefined || sum > best.sum || tie) best = { sum, first, positive, negative };
        });
      });
      const pair = { positive: -1, negative: -1 };
      expect(chooseDilepton(event, pair)).toBe(best !== undefined);
      if (best !== undefined) expect(pair).toEqual({ positive: best.positive, negative: best.negative });
    }),
    { numRuns: 3000 },
  );
});
