import { expect, test } from 'vitest';
import { estimateHtml, numbers, stacked, tableHtml } from '../../../sinks/report/html_table.js';

test('a table has a caption, heads and cells; words are set apart from numbers', () => {
  expect(tableHtml('Of H_T', [{ head: 'id', word: true }, ...numbers('n')], [['a', '1']])).toBe(
    '<div class="table"><table><caption>Of H<sub>T</sub></caption><thead><tr>' +
      '<th scope="col" class="word">id</th><th scope="col">n</th></tr></thead>' +
      '<tbody><tr><td class="word">a</td><td>1</td></tr></tbody></table></div>',
  );
  expect(tableHtml('x', numbers('n'), [])).toBe('');
});

test('what is not known has its reason as title', () => {
  expect(estimateHtml({ value: 1, error: 0.1 })).toBe('1.00 ± 0.10');
  expect(estimateHtml({ value: null, error: null, reason: 'n < 2' })).toBe('<span title="n &lt; 2">—</span>');
  expect(estimateHtml({ value: null, error: null })).toBe('—');
});

test('an error goes below its value', () => {
  expect(stacked('−0.0154 ± 0.0006')).toBe('−0.0154<br>± 0.0006');
  expect(stacked('0.30 +0.21 −0.12')).toBe('0.30<br>+0.21 −0.12');
  expect(stacked('low H_T, close')).toBe('low H_T, close');
  expect(stacked('<span title="1 + 2">—</span>')).toBe('<span title="1 + 2">—</span>');
});
