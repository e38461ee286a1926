import { expect, test } from 'vitest';
import { filterChunk, withoutPositions } from '../../runtime/skim.js';
import { chunkOf } from '../support/chunk.js';

const chunk = chunkOf(3, [10, 11, 12, 13], [5, 6, 8, 9], { x: [0.1, 0.2, 0.3, 0.4] });

test('filterChunk keeps the marked rows of every column', () => {
  expect(filterChunk(chunk, Uint8Array.of(1, 0, 0, 1))).toEqual({
    ...chunkOf(3, [10, 13], [5, 9], { x: [0.1, 0.4] }),
    split: Uint8Array.of(0, 0),
  });
  expect(filterChunk(chunk, new Uint8Array(4)).length).toBe(0);
});

test('withoutPositions leaves out the events at these positions, and only these', () => {
  const positions = (...dropped: number[]) => [...withoutPositions(chunk, Float64Array.from(dropped)).position];
  expect(positions(6, 9)).toEqual([5, 8]);
  expect(positions(5, 6, 8, 9)).toEqual([]);
  expect(positions(0, 7, 100)).toEqual([5, 6, 8, 9]);
  expect(positions()).toEqual([5, 6, 8, 9]);
});
