import { expect, test } from 'vitest';
import { appendRows, blockRows, hasRoom, newBlock, rowsByWindow } from '../../../runtime/live/row_block.js';
import { filterChunk } from '../../../runtime/skim.js';
import { liveChunk } from '../../support/live_rows.js';

test('rows by window, in their order', () => {
  const window = Float64Array.of(4, 4, -1, 4, 2 ** 52, -1, -1);
  expect([...rowsByWindow(window, 6)].map(([number, rows]) => [number, [...rows]])).toEqual([
    [4, [0, 1, 3]],
    [-1, [2, 5]],
    [2 ** 52, [4]],
  ]);
  expect(rowsByWindow(window, 0).size).toBe(0);
});

test('takes as many rows as there is room for, with all their columns', () => {
  const chunk = liveChunk([[1, 10], [1, 11], [2, 12], [1, 13]], 5, 3); // prettier-ignore
  const block = newBlock(chunk, 3);
  expect(appendRows(block, chunk, Uint32Array.of(0, 1, 3), 1)).toBe(2);
  expect(blockRows(block)).toEqual(filterChunk(chunk, Uint8Array.of(0, 1, 0, 1)));
  expect(hasRoom(block, chunk)).toBe(true);
  expect(appendRows(block, chunk, Uint32Array.of(2, 0), 0)).toBe(1);
  expect(hasRoom(block, chunk)).toBe(false);
  expect([...blockRows(block).columns.get('x')!]).toEqual([6, 8, 7]);
});

test('has no room for rows with other columns', () => {
  const block = newBlock(liveChunk([]), 8);
  expect(hasRoom(block, liveChunk([], 0, 0, ['y']))).toBe(false);
  expect(hasRoom(block, liveChunk([], 0, 0, ['x', 'y']))).toBe(false);
});
