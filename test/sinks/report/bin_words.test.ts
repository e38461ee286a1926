import { expect, test } from 'vitest';
import { binWords } from '../../../sinks/report/bin_words.js';

test.each([
  [40, 60, 'GeV', '40 – 60 GeV'],
  [null, 20, 'GeV', 'below 20 GeV'],
  [1000, null, 'GeV', 'from 1,000 GeV'],
  [0, 0.25, null, '0 – 0.25'],
  [null, null, null, 'all'],
])('%s to %s %s is %s', (low, high, unit, words) => {
  expect(binWords(low, high, unit)).toBe(words);
});
