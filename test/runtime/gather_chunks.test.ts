import { expect, it } from 'vitest';
import { gatherChunks } from '../../runtime/gather_chunks.js';
import type { SkimChunk } from '../../runtime/skim.js';
import { chunkOf } from '../support/chunk.js';

const lengths = [3, 0, 4, 5, 1, 2, 6, 0];
let next = 0;
const chunks = lengths.map((length, i) => {
  const rows = Array.from({ length }, () => next++);
  return chunkOf(i < 4 ? 0 : 1, rows, rows, { x: rows.map((row) => row / 3) });
});
const rowsOf = ({ sample, position, keyLo, split, columns }: SkimChunk) =>
  [...position].map((at, i) => [sample, at, keyLo[i], split[i], columns.get('x')![i]]);

it.each([
  [1, [3, 4, 5, 1, 2, 6]],
  [7, [7, 5, 3, 6]],
  [100, [12, 9]],
])('of at most %i rows: chunks of %j, never of two samples, every row in its order', (most, expected) => {
  const gathered = [...gatherChunks(chunks, most)];
  expect(gathered.map(({ length }) => length)).toEqual(expected);
  expect(gathered.flatMap(rowsOf)).toEqual(chunks.flatMap(rowsOf));
});

it('gives none of none', () => {
  expect([...gatherChunks([], 10)]).toEqual([]);
});
