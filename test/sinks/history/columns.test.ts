import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REGIME_COLUMNS, WINDOW_COLUMNS, insertion } from '../../../sinks/history/columns.js';
import { tableRowsOf } from '../../support/markdown.js';
import { windowsAfter } from '../../support/windows.js';

const rows = tableRowsOf(readFileSync('docs/history.md', 'utf8')).map(([name = '', help = '']) => [
  name.replaceAll('`', ''),
  help,
]);

test('docs/history.md lists every column, in its order', () => {
  // A column and its error share a line.
  const listed = [...WINDOW_COLUMNS, ...REGIME_COLUMNS.slice(6)].filter(({ name }) => !name.endsWith('_error'));
  expect(rows).toEqual(listed.map(({ name, help }) => [name, help]));
});

test('both tables begin with the same six columns, and have no column twice', () => {
  const names = (columns: readonly { name: string }[]): string[] => columns.map(({ name }) => name);
  expect(names(REGIME_COLUMNS).slice(0, 6)).toEqual(names(WINDOW_COLUMNS).slice(0, 6));
  for (const columns of [names(WINDOW_COLUMNS), names(REGIME_COLUMNS)])
    expect(new Set(columns).size).toBe(columns.length);
});

test('values that a window does not have are null', () => {
  const [window] = windowsAfter(null, 0, 0);
  const [regime] = window!.report.regimes;
  const bare = { regime: regime!.regime, label: 'x', n: 0, share: null, verdict: 'null' as const, why: '' };
  const { sql, values } = insertion('regimes', REGIME_COLUMNS, [
    { seq: 1, epoch: 1, linked: true, window: window!, regime: bare },
  ]);
  expect(values).toHaveLength(REGIME_COLUMNS.length);
  expect(sql.match(/\$\d+/g)).toHaveLength(values.length);
  expect(values.slice(9, -2).every((value) => value === null)).toBe(true);
});
