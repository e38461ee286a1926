import { expect, test } from 'vitest';
import { openBook } from '../../../operators/summaries/book.js';
import { count, histogram, moments } from '../../../runtime/live/window_entry.js';
import { REGIME } from '../../../runtime/observations.js';

test('entries of a window count every event 1, and say what fills them', () => {
  const entries = [
    count('a', 'group', 3),
    moments('b', 'x', 'group', 3, true),
    histogram('c', { bins: [4, 0, 1], groups: 2, weighted: false }, 'y'),
  ];
  expect(entries.map(({ key, summary, columns, group }) => [key, summary, columns, group])).toEqual([
    ['a', 'count', [], 'group'],
    ['b', 'moments', ['x'], 'group'],
    ['c', 'histogram', ['y'], REGIME],
  ]);
  expect(entries.some(({ weighted }) => weighted)).toBe(false);
  const { a, b, c } = openBook(entries) as Record<string, { state: { n: Float64Array; w: unknown } }>;
  expect([a, b, c].map((each) => [each!.state.n.length, each!.state.w])).toEqual([
    [3, null],
    [3, null],
    [14, null],
  ]);
});
