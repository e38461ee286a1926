import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyFloor, floorOf, newFloor, passFloor, type Floor } from '../../../runtime/live/floor.js';
import { joinReference } from '../../support/join_reference.js';
import { problemOf } from '../../support/problem_of.js';

const pass = (floor: Floor, windows: readonly number[]): number[] => {
  const late = new Uint8Array(windows.length).fill(7);
  const found = passFloor(floor, Float64Array.from(windows), windows.length, late);
  expect(found).toBe(late.reduce((sum, x) => sum + x, 0));
  return [...late];
};

const reference = joinReference();
describe.each(Object.entries(reference.logs))('the log of the reference: %s', (_, log) => {
  test('late rows and the floor after each', () => {
    const floor = newFloor(reference.lateness);
    expect(pass(floor, log.window)).toEqual(log.late);
    const step = newFloor(reference.lateness);
    log.window.forEach((window, i) => {
      expect(pass(step, [window])).toEqual([log.late[i]]);
      expect(floorOf(step)).toBe(log.floor[i] ?? -Infinity);
    });
    expect(step).toEqual(floor);
  });
});

test('no window is complete before lateness + 1 windows were seen', () => {
  const floor = newFloor(1);
  expect(floorOf(floor)).toBe(-Infinity);
  expect(pass(floor, [])).toEqual([]);
  expect(pass(floor, [5, 5, -3, 5, -3])).toEqual([0, 0, 0, 0, 0]);
  expect(floorOf(floor)).toBe(-3);
  expect(pass(floor, [9, -3, 5, 7, 5, 6])).toEqual([0, 1, 0, 0, 1, 1]);
  expect(floor).toEqual({ lateness: 1, top: [7, 9] });
});

test('with no lateness each higher window completes those below', () => {
  const floor = newFloor(0);
  expect(pass(floor, [4, 3, 6, 4, 6])).toEqual([0, 1, 0, 1, 0]);
  expect(floorOf(floor)).toBe(6);
});

const windows = fc.array(fc.integer({ min: -6, max: 30 }), { maxLength: 200 });

test('any cut into chunks gives the same rows and the same floor', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: 0, max: 6 }), fc.array(fc.nat(200)), (rows, lateness, cuts) => {
      const whole = newFloor(lateness);
      const late = pass(whole, rows);
      const pieces = newFloor(lateness);
      const ends = [...cuts.filter((at) => at < rows.length).sort((a, b) => a - b), rows.length];
      const cut = ends.flatMap((end, i) => pass(pieces, rows.slice(i === 0 ? 0 : ends[i - 1], end)));
      expect(cut).toEqual(late);
      expect(pieces).toEqual(whole);
    }),
  );
});

test('it never falls, and what is not late is not below it later than at its row', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: 0, max: 6 }), (rows, lateness) => {
      const floor = newFloor(lateness);
      let before = -Infinity;
      for (const window of rows) {
        expect(pass(floor, [window])).toEqual([window < before ? 1 : 0]);
        expect(floorOf(floor)).toBeGreaterThanOrEqual(before);
        before = floorOf(floor);
      }
      const top = [...new Set(rows)].sort((a, b) => a - b).slice(-lateness - 1);
      expect(floor.top).toEqual(top);
    }),
  );
});

test('a copy goes its own way', () => {
  const floor = newFloor(1);
  pass(floor, [1, 2]);
  const copy = copyFloor(floor);
  pass(floor, [3]);
  expect(copy).toEqual({ lateness: 1, top: [1, 2] });
});

test('what is no lateness or no window is refused', async () => {
  for (const lateness of [-1, 0.5, NaN, Infinity])
    expect((await problemOf(() => newFloor(lateness))).message).toBe(
      `lateness ${lateness}: no number of windows; give a whole number from 0`,
    );
  for (const window of [NaN, Infinity])
    expect((await problemOf(() => pass(newFloor(1), [1, window]))).message).toBe(
      `window ${window}: no number of a window; reject such events before`,
    );
});
