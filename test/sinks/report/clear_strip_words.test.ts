import { expect, test } from 'vitest';
import { clearStripWords } from '../../../sinks/report/clear_strip_words.js';
import { contextBins } from '../../../sinks/report/context_bins.js';
import { panelStack } from '../../../sinks/report/panel_stack.js';

const place = (value: number | null) =>
  contextBins(
    [
      { low: 0, high: 10, n: 5, value: 0.5 },
      { low: 10, high: null, n: 5, value },
    ],
    400,
  )!;

function wordsAt(value: number | null) {
  const bins = place(value);
  const [panel] = panelStack(0, 400, { title: 'x', domain: bins.domain }, [
    { y: { title: 'y', domain: [0, 1] }, height: 100, marks: [] },
  ]);
  return clearStripWords(panel!, bins, (row) => ({ value: row.value, error: null }));
}

test('words stand at the end of the strip that is farther from its point', () => {
  expect(wordsAt(0.9)).toContain('text-anchor="start"');
  expect(wordsAt(0.1)).toContain('text-anchor="end"');
  expect(wordsAt(null)).toContain('text-anchor="start"');
  expect(wordsAt(0.9)).toContain('overflow');
  expect(wordsAt(0.9)).not.toContain('underflow');
});
