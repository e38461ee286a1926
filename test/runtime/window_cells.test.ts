import { expect, test } from 'vitest';
import { openBook, settleBook } from '../../operators/summaries/book.js';
import { cellRows, type ResponseCellsState } from '../../operators/summaries/response_cells.js';
import { SPLIT, WINDOW_REGIME } from '../../runtime/observations.js';
import { stateOf } from '../../runtime/report/pages.js';
import { fillWindowCells, windowCellEntries, windowCellsKey } from '../../runtime/window_cells.js';
import { basePipeline } from '../support/stage.js';

const { pipeline } = basePipeline();
const entries = windowCellEntries(pipeline, 3, 'y');
const [H_T, deta, y] = [
  [50, 150, 50, 350, 50],
  [1, 2, 1, 3, 1],
  [0.5, 0.25, 0.125, -1, 0.0625],
];
const window = [0, 2, 0, 2, 2];
const split = [0, 1, 0, 2, 0];

/** The book of rows that were filled in parts. */
function bookOf(...parts: number[][]) {
  const book = openBook(entries);
  for (const rows of parts) {
    const column = (x: readonly number[]): Float64Array => Float64Array.from(rows, (i) => x[i]!);
    const regime = (i: number): number => i % 2;
    fillWindowCells(
      book,
      entries,
      {
        length: rows.length,
        columns: new Map([
          ['H_T', column(H_T)],
          ['abs_deta', column(deta)],
          ['y', column(y)],
        ]),
        groups: new Map([
          [WINDOW_REGIME, Uint16Array.from(rows, (i) => 2 * window[i]! + regime(i))],
          [SPLIT, Uint16Array.from(rows, (i) => split[i]!)],
        ]),
        weight: null,
      },
      2,
    );
  }
  settleBook(book);
  return book;
}

test('each window has cells of its own: context and the column, by split', () => {
  expect(entries.map(({ key }) => key)).toEqual([0, 1, 2].map(windowCellsKey));
  expect(entries[0]!.columns).toEqual(['H_T', 'abs_deta', 'y']);
});

test('events go to the cells of their window and split, whatever their regime', () => {
  const book = bookOf([0, 1, 2, 3, 4]);
  const of = (w: number) => cellRows(stateOf<ResponseCellsState>(book, windowCellsKey(w)));
  const total = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, each) => sum + each, 0);
  expect([0, 1, 2].map((w) => total(of(w).n))).toEqual([2, 0, 3]);
  expect([0, 1, 2].map((w) => total(of(w).sum))).toEqual([0.625, 0, 0.25 - 1 + 0.0625]);
  expect(total(of(0).sumOfSquares)).toBe(0.25 + 0.015625);
  const { n, groups } = of(2);
  const bySplit = [0, 1, 2].map((group) => n.filter((_, slot) => slot % groups === group).reduce((a, b) => a + b, 0));
  expect(bySplit).toEqual([1, 1, 1]);
});

test('the same cells come of any parts of the rows, in any order', () => {
  expect(bookOf([4, 1], [3], [], [2, 0])).toEqual(bookOf([0, 1, 2, 3, 4]));
});
