import { compiledFiller } from '../../operators/compiled/book_filler.js';
import type { Precision } from '../../operators/expressions/precision.js';
import { openBook, settleBook, type Book } from '../../operators/summaries/book.js';
import { WORKLOAD } from '../chain/workload.js';
import { chainOf, type Shape } from './shape.js';

/** As a replay reads them. */
export const BATCH_EVENTS = 8192;

const neverMade = (): never => {
  throw new TypeError('the columns are in no other form');
};

/** The compiled chain of a shape over so many events, the columns from their beginning again where they end. */
export function runChain(
  shape: Shape,
  columns: readonly Float32Array[],
  events: number,
  precision: Precision = 'f64',
): Book {
  const { derived, entries } = chainOf(shape, precision);
  const book = openBook(entries);
  const { fill, end } = compiledFiller(book, entries, { derived, stored: () => 'f32' });
  const stored = columns[0]!.length;
  for (let done = 0; done < events;) {
    const at = done % stored;
    const length = Math.min(BATCH_EVENTS, events - done, stored - at);
    const batch = new Map(columns.map((x, c) => [WORKLOAD.columns[c]!, x.subarray(at, at + length)]));
    fill({ given: { length, columns: batch, groups: new Map(), weight: null }, made: neverMade });
    done += length;
  }
  end();
  settleBook(book);
  return book;
}
