import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeExtent, takeExtent, type Extents } from '../../../runtime/live/extents.js';

interface Space {
  free: Extents;
  used: { at: number; size: number }[];
  end: number;
}

const take = (space: Space, size: number): number => {
  const at = takeExtent(space.free, size, space.end);
  space.end = Math.max(space.end, at + size);
  space.used.push({ at, size });
  return at;
};
const give = (space: Space, which: number): void => {
  const [{ at, size }] = space.used.splice(which, 1) as [{ at: number; size: number }];
  space.end = freeExtent(space.free, at, size, space.end);
};

test('a place that was given back is the next that fits', () => {
  const space: Space = { free: [], used: [], end: 0 };
  expect([10, 20, 30].map((size) => take(space, size))).toEqual([0, 10, 30]);
  give(space, 1);
  expect(take(space, 21)).toBe(60);
  expect(take(space, 5)).toBe(10);
  expect(space.free).toEqual([{ at: 15, size: 15 }]);
  give(space, 0);
  expect(space.free).toEqual([
    { at: 0, size: 10 },
    { at: 15, size: 15 },
  ]);
  give(space, 2);
  expect(space.free).toEqual([{ at: 0, size: 30 }]);
  give(space, 1);
  expect(space).toEqual({ free: [{ at: 0, size: 30 }], used: [{ at: 30, size: 30 }], end: 60 });
});

test('places in use and free ones tile the file; nothing in use: it is empty', () => {
  const step = fc.record({ size: fc.integer({ min: 1, max: 9 }), free: fc.boolean(), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const space: Space = { free: [], used: [], end: 0 };
      const check = (): void => {
        const all = [...space.used, ...space.free].sort((a, b) => a.at - b.at);
        let at = 0;
        for (const place of all) {
          expect(place.at).toBe(at);
          at += place.size;
        }
        expect(at).toBe(space.end);
        space.free.forEach((place, i) => {
          const next = space.free[i + 1];
          if (next) expect(place.at + place.size).toBeLessThan(next.at);
          expect(place.at + place.size).toBeLessThan(space.end);
        });
      };
      for (const { size, free, which } of steps) {
        if (free && space.used.length > 0) give(space, which % space.used.length);
        else take(space, size);
        check();
      }
      while (space.used.length > 0) give(space, 0);
      expect(space).toEqual({ free: [], used: [], end: 0 });
    }),
  );
});
