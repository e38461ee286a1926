import fc from 'fast-check';
import { existsSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeHeld, heldRows, holdRows, takeWindow, windowsHeld } from '../../../runtime/live/held_rows.js';
import type { SkimChunk } from '../../../runtime/skim.js';
import { bytesOf } from '../../../runtime/stored_chunk.js';
import { liveChunk, type LiveRow } from '../../support/live_rows.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();
const placesIn = (chunks: readonly SkimChunk[]): number[] => chunks.flatMap(({ columns }) => [...columns.get('x')!]);

test('rows that come one by one end in few blocks', () => {
  const held = heldRows(2 ** 24, folder);
  for (let at = 0; at < 20_000; at++) holdRows(held, liveChunk([[1, at]], at), at);
  const chunks = takeWindow(held, 1);
  expect(chunks.map(({ length }) => length)).toEqual([64, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 3616]);
  expect(placesIn(chunks)).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
  closeHeld(held);
});

test('memory stays in its bound, the file holds the rest and shrinks as windows are taken', () => {
  const step = fc.record({
    rows: fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.nat(9)), { maxLength: 300 }),
    take: fc.option(fc.integer({ min: 0, max: 12 })),
  });
  const bound = fc.constantFrom(0, 5_000, 10_000, 15_000, 60_000, 10_000_000);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), bound, (steps, maxBytes) => {
      const held = heldRows(maxBytes, folder);
      const expected = new Map<number, number[]>();
      let place = 0;
      const check = (): void => {
        const windows = [...held.logs.values()].flatMap((log) => [...log.values()]);
        const inMemory = windows.flatMap(({ blocks }) => blocks.map(({ room }) => bytesIn(room)));
        expect(held.bytes).toBe(inMemory.reduce((a, b) => a + b, 0));
        expect(held.bytes).toBeLessThanOrEqual(maxBytes);
        const inFile = windows.flatMap(({ stored }) =>
          stored.map(({ names, length }) => bytesOf(names.length, length)),
        );
        const free = held.free.reduce((sum, { size }) => sum + size, 0);
        expect(held.file?.end ?? 0).toBe(inFile.reduce((a, b) => a + b, free));
        if (held.file) expect(fstatSync(held.file.fd).size).toBe(held.file.end);
      };
      for (const { rows, take } of steps) {
        holdRows(held, liveChunk(rows, place), place);
        for (const [window] of rows) expected.set(window, [...(expected.get(window) ?? []), place++]);
        check();
        if (take === null) continue;
        expect(placesIn(takeWindow(held, take))).toEqual(expected.get(take) ?? []);
        expected.delete(take);
        check();
      }
      expect(windowsHeld(held)).toEqual([...expected.keys()].sort((a, b) => a - b));
      for (const [window, places] of expected) expect(placesIn(takeWindow(held, window))).toEqual(places);
      expect([held.bytes, held.free, held.file?.end ?? 0]).toEqual([0, [], 0]);
      closeHeld(held);
    }),
    { numRuns: 60 },
  );
});

/** With columns x and WINDOW. */
const bytesIn = ({ position, split, keyLo, keyHi, columns }: SkimChunk): number =>
  [position, split, keyLo, keyHi, ...columns.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is told in one line, and no row in memory is lost by it',
  async () => {
    const held = heldRows(20_000, folder);
    held.file = { fd: openSync('/dev/full', 'r+'), path: join(folder, 'full', 'skim'), end: 0 };
    const rows = Array.from({ length: 100 }, (_, i): LiveRow => [1, i]);
    holdRows(held, liveChunk(rows), 0);
    const problem = await problemOf(() => {
      for (let at = 100; at < 2000; at += 100) holdRows(held, liveChunk(rows, at), at);
    });
    expect(problem.message).toMatch(/^temporary folder .*: ENOSPC.*; set TMPDIR to one with more room$/);
    expect(problem.exitCode).toBe(1);
    expect(placesIn(takeWindow(held, 1)).slice(0, 100)).toEqual(rows.map((_, i) => i));
    closeHeld(held);
  },
);
