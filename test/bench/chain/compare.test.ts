import { expect, test } from 'vitest';
import { compare } from '../../../bench/chain/compare.js';
import { reference } from './reference.js';

const { events } = reference;
const copy = () => structuredClone(reference) as unknown as Record<'counts' | 'sums', Record<string, number[]>>;
const as = (tables: object) => tables as typeof reference;
const most = (x: ArrayLike<number>): number => Array.from(x).indexOf(Math.max(...Array.from(x)));

test('the same numbers are right', () => {
  expect(compare(reference, as(copy()), events, 'f64')).toEqual({ moved: 0, sumsDiffer: 0, wrong: null });
});

test('an event in the next bin: rounding for singles, wrong for 20,000 doubles, and counted once', () => {
  const found = copy();
  const bin = most(reference.counts.mass);
  found.counts.mass![bin]!--;
  found.counts.mass![bin + 1]!++;
  expect(compare(reference, as(found), events, 'f32')).toMatchObject({ moved: 1, wrong: null });
  expect(compare(reference, as(found), events, 'f64').wrong).toBe(
    'mass: 1 events in another bin, rounding moves 0 at most',
  );
});

test('an event that is missing is wrong at any precision', () => {
  const found = copy();
  found.counts.grid![most(reference.counts.grid)]!--;
  expect(compare(reference, as(found), events, 'f32').wrong).toBe('grid holds 19999 events instead of 20000');
});

test('a sum that is off is wrong: 1e-6 of it for doubles, 1e-3 for singles', () => {
  for (const [precision, fine, off] of [
    ['f64', 1e-10, 1e-6],
    ['f32', 1e-6, 1e-3],
  ] as const) {
    const scaled = (by: number) => {
      const found = copy();
      found.sums.gridAbsolute = found.sums.gridAbsolute!.map((x) => x * (1 + by));
      return compare(reference, as(found), events, precision);
    };
    expect(scaled(fine)).toMatchObject({ moved: 0, wrong: null });
    expect(scaled(fine).sumsDiffer).toBeCloseTo(fine, 12);
    expect(scaled(off).wrong).toMatch(/^gridAbsolute: /);
  }
});

test('singles of a cell whose δ are small may be off by more of the sum than others, doubles not', () => {
  const found = copy();
  const slot = Array.from(reference.counts.grid).findIndex((n) => n > 20);
  found.sums.gridDelta![slot]! += 1e-5 * reference.counts.grid[slot]!;
  expect(compare(reference, as(found), events, 'f32').wrong).toBeNull();
  expect(compare(reference, as(found), events, 'f64').wrong).toMatch(/^gridDelta: /);
});

test('tables of another size, and numbers that are none, are wrong', () => {
  const short = copy();
  short.counts.delta!.pop();
  expect(compare(reference, as(short), events, 'f64').wrong).toBe('delta has 807 slots instead of 808');
  const none = copy();
  none.sums.regimeDelta![0] = NaN;
  expect(compare(reference, as(none), events, 'f32').wrong).toMatch(/^regimeDelta: NaN instead of /);
});
