import fc from 'fast-check';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFloor, passFloor } from '../../../runtime/live/floor.js';
import {
  closeHeld,
  dropLog,
  heldFrom,
  heldRows,
  holdRows,
  lowestOffset,
  peekWindow,
  rowsHeld,
  takeWindow,
  windowsHeld,
} from '../../../runtime/live/held_rows.js';
import type { SkimChunk } from '../../../runtime/skim.js';
import { liveChunk, type LiveRow } from '../../support/live_rows.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();
const placesIn = (chunks: readonly SkimChunk[]): number[] => chunks.flatMap(({ columns }) => [...columns.get('x')!]);

describe.each([
  ['in memory', 2 ** 24],
  ['partly in a file', 20_000],
  ['in a file', 0],
])('%s', (_, maxBytes) => {
  test('gives each window back with all columns, once', () => {
    const held = heldRows(maxBytes, folder);
    const chunk = liveChunk([[1, 10], [2, 20], [1, 11], [3, 30], [2, 21]], 7); // prettier-ignore
    holdRows(held, chunk, 7);
    holdRows(held, liveChunk([[2, 22]], 12), 12);
    expect(windowsHeld(held)).toEqual([1, 2, 3]);
    expect(rowsHeld(held)).toBe(6);
    const peeked = peekWindow(held, 2);
    const taken = takeWindow(held, 2);
    expect(placesIn(peeked)).toEqual([8, 11, 12]);
    expect(placesIn(taken)).toEqual([8, 11, 12]);
    expect(taken.flatMap(({ split }) => [...split])).toEqual([1, 1, 0]);
    expect(taken.flatMap(({ position }) => [...position])).toEqual([8, 11, 12].map((place) => place * 65536));
    const whole = liveChunk([[2, 20], [2, 21], [2, 22]]); // prettier-ignore
    expect(taken.flatMap(({ keyLo, keyHi }) => [...keyLo].map((lo, i) => [lo, keyHi[i]]))).toEqual(
      [...whole.keyLo].map((lo, i) => [lo, whole.keyHi[i]]),
    );
    expect(takeWindow(held, 2)).toEqual([]);
    expect(takeWindow(held, 9)).toEqual([]);
    expect(windowsHeld(held)).toEqual([1, 3]);
    expect(rowsHeld(held)).toBe(3);
    closeHeld(held);
    expect(held.bytes).toBe(0);
  });

  test('keeps logs apart', () => {
    const held = heldRows(maxBytes, folder);
    holdRows(held, liveChunk([[1, 10], [4, 11]], 0, 0), 30); // prettier-ignore
    holdRows(held, liveChunk([[1, 12]], 5, 6), 20);
    expect(placesIn(takeWindow(held, 1, 6))).toEqual([5]);
    expect([lowestOffset(held), lowestOffset(held, 6), lowestOffset(held, 7)]).toEqual([30, Infinity, Infinity]);
    holdRows(held, liveChunk([[1, 13]], 6, 6), 40);
    dropLog(held);
    expect([rowsHeld(held), rowsHeld(held, 6)]).toEqual([0, 1]);
    dropLog(held, 6);
    expect([held.bytes, held.free, held.file?.end ?? 0]).toEqual([0, [], 0]);
    closeHeld(held);
  });

  test('does not see what is done later to a chunk that was held', () => {
    const held = heldRows(maxBytes, folder);
    const chunk = liveChunk([[1, 10]], 3);
    holdRows(held, chunk, 3);
    chunk.columns.get('x')!.fill(9);
    chunk.position.fill(9);
    expect(placesIn(takeWindow(held, 1))).toEqual([3]);
    closeHeld(held);
  });

  test('keeps rows whose columns have other names', () => {
    const held = heldRows(maxBytes, folder);
    holdRows(held, liveChunk([[1, 10]], 0), 0);
    holdRows(held, liveChunk([[1, 11]], 1, 0, ['x', 'y']), 1);
    holdRows(held, liveChunk([[1, 12]], 2), 2);
    const chunks = takeWindow(held, 1);
    expect(placesIn(chunks)).toEqual([0, 1, 2]);
    expect(chunks.map(({ columns }) => columns.size)).toEqual([2, 3, 2]);
    closeHeld(held);
  });

  test('leaves no file', () => {
    const own = join(folder, `own-${maxBytes}`);
    mkdirSync(own);
    const held = heldRows(maxBytes, own);
    for (let at = 0; at < 2000; at += 100) holdRows(held, liveChunk(Array(100).fill([at, 1])), at);
    closeHeld(held);
    expect(readdirSync(own)).toEqual([]);
    closeHeld(held);
  });
});

test('what is held after reading again from heldFrom is what was held', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.nat(9)), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(rows, fc.nat(4), fc.nat(15), (log, cut, through) => {
      /** Holds the rows of a log that are not late, in chunks; windows up to `through` are not wanted. */
      const read = (from: number, floor = newFloor(2)): ReturnType<typeof heldRows> => {
        const held = heldRows(2 ** 20, folder);
        for (let at = from; at < log.length;) {
          const piece = log.slice(at, at + 1 + ((at * 7 + cut) % 5));
          const before = { ...floor, top: [...floor.top] };
          const late = new Uint8Array(piece.length);
          passFloor(
            floor,
            Float64Array.from(piece, ([window]) => window),
            piece.length,
            late,
          );
          piece.forEach((row: LiveRow, i) => {
            if (late[i] === 0 && row[0] > through) holdRows(held, liveChunk([row], at + i), at, before);
          });
          at += piece.length;
        }
        return held;
      };
      const held = read(0);
      const from = heldFrom(held);
      if (from === null) return;
      expect(lowestOffset(held)).toBe(from.offset);
      const again = read(from.offset, from.floor!);
      const contents = (store: typeof held): number[][] =>
        windowsHeld(store).map((w) => placesIn(takeWindow(store, w)));
      expect(contents(again)).toEqual(contents(held));
    }),
  );
});

test('a temporary folder that cannot be used is named, with what to do', async () => {
  const wrong = join(folder, 'missing');
  const problem = await problemOf(() => {
    holdRows(heldRows(0, wrong), liveChunk([[1, 1]]), 0);
  });
  expect(problem.message).toMatch(/^temporary folder .*missing: .*; set TMPDIR to one with more room$/);
});
