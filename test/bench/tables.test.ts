import { format } from 'prettier';
import { expect, test } from 'vitest';
import { aligned, asMarkdown, asText } from '../../bench/tables.js';

const table = {
  ...{ title: 'Rates', head: ['program', 'events/s'], words: 1 },
  rows: [
    ['a | b', '1,000'],
    ['|Δη|', '9'],
  ],
  notes: ['One core.'],
};

test('words to the left, numbers to the right', () => {
  expect(aligned(['a', 'n'], [['long', '1']], 1)).toEqual(['a     n', 'long  1']);
  expect(asText(table).split('\n')).toEqual([
    'Rates',
    'program  events/s',
    'a | b       1,000',
    '|Δη|            9',
    'One core.',
  ]);
});

test('Markdown is as the formatter leaves it', async () => {
  const text = `${asMarkdown(table)}\n`;
  expect(text).toContain('| a \\| b  |    1,000 |');
  expect(await format(text, { parser: 'markdown', printWidth: 120 })).toBe(text);
});

test('a table without rows is its notes', () => {
  expect(asMarkdown({ title: 'Left', head: [], rows: [], words: 0, notes: ['a', 'b'] })).toBe('### Left\n\n- a\n- b');
  expect(asText({ title: 'Left', head: [], rows: [], words: 0, notes: ['a'] })).toBe('Left\na');
});
