import { beforeAll, expect, test } from 'vitest';
import { mergeBook, openBook } from '../../../operators/summaries/book.js';
import { contentHash } from '../../../operators/summaries/codec.js';
import { entriesIn, mergeWindowBook } from '../../../runtime/live/earlier_books.js';
import type { LiveModels } from '../../../runtime/live/live_models.js';
import { openPartition, takeEvents } from '../../../runtime/live/partition.js';
import { heldRows } from '../../../runtime/live/held_rows.js';
import { useModels } from '../../../runtime/live/fill_windows.js';
import { windowBookEntries } from '../../../runtime/live/window_book.js';
import { arrived, bookOf, modelsOf, range, told } from '../../support/live_events.js';
import { basePipeline } from '../../support/stage.js';

const loaded = basePipeline('weight=none');
let models: LiveModels;
beforeAll(async () => {
  models = await modelsOf(loaded, range(0, 1500));
});

test('books of one release are merged whole, to the bit', () => {
  const [a, b] = [bookOf(loaded, models, range(0, 30)), bookOf(loaded, models, range(30, 50))];
  const merged = mergeWindowBook(structuredClone(a), b);
  mergeBook(a, b);
  expect(contentHash(merged)).toBe(contentHash(a));
  expect(contentHash(merged)).toBe(contentHash(bookOf(loaded, models, range(0, 50))));
});

test('what only one has is lost, whichever it is', () => {
  const whole = bookOf(loaded, models, range(0, 30));
  const few = { bias: bookOf(loaded, models, range(30, 50)).bias! };
  for (const [into, from] of [
    [structuredClone(whole), structuredClone(few)],
    [structuredClone(few), structuredClone(whole)],
  ] as const) {
    const merged = mergeWindowBook(into, from);
    expect(Object.keys(merged)).toEqual(['bias']);
    expect(merged.bias).toEqual(bookOf(loaded, models, range(0, 50)).bias);
  }
});

test('a partition goes on with a window that an earlier release began, with the summaries that it has', () => {
  const entries = windowBookEntries(loaded.pipeline, models);
  const known = entries.filter(({ key }) => key === 'bias' || key === 'core');
  expect(entriesIn(openBook(entries), entries)).toBe(entries);
  expect(entriesIn(openBook(known), entries)).toEqual(known);
  const partition = openPartition(loaded, 0, heldRows(2 ** 20, '/nowhere'));
  useModels(partition, told(models));
  partition.windows.set(0, { number: 0, events: 0, keys: null, book: openBook(known) });
  takeEvents(partition, arrived(loaded, [0, range(0, 40)]));
  const { book } = partition.windows.get(0)!;
  expect(Object.keys(book!).sort()).toEqual(['bias', 'core']);
  expect((book!.bias!.state as { n: Float64Array }).n.reduce((a, b) => a + b, 0)).toBe(40);
});
