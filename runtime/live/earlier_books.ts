import { mergeBook, type Book, type Entry } from '../../operators/summaries/book.js';

/**
 * A window that was begun by an earlier release has a book without the summaries that came since. These stay out of it, so
 * that no summary knows a part of the events only; the report of the window is without what they would tell.
 */
export const entriesIn = (book: Book, entries: readonly Entry[]): readonly Entry[] =>
  entries.every(({ key }) => key in book) ? entries : entries.filter(({ key }) => key in book);

/** Adds `from` to `into`, which loses the summaries that only one of them has. */
export function mergeWindowBook(into: Book, from: Book): Book {
  const both = (book: Book, other: Book): Book =>
    Object.fromEntries(Object.entries(book).filter(([key]) => key in other));
  const merged = both(into, from);
  mergeBook(merged, both(from, into));
  return merged;
}

/** Why something is not known of such a window. */
export const EARLIER = 'the window was begun by an earlier release';
