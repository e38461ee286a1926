import { expect, test } from 'vitest';
import { placedGroups } from '../../../sinks/report/placed_groups.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = makeReport({ events: 500 });
const rows = report.byContext!;
const regimes = report.regimes!.map.map(({ id, n }) => ({ regime: id, n }));

test('a group for each variable with its own bins, and one for the regimes', () => {
  const groups = placedGroups<{ n: number }>(report, rows, regimes, 600);
  expect(groups.map(({ name, words, title }) => [name, words, title])).toEqual([
    ['H_T', 'H_T', 'H_T [GeV]'],
    ['abs_deta', '|Δη|', '|Δη|'],
    ['regime', 'the regime', 'regime'],
  ]);
  const n = groups.map(({ place }) => place.bins.reduce((sum, { row }) => sum + row.n, 0));
  expect(n).toEqual([500, 500, 500]);
});

test('a variable without events within its axis, and regimes that are not there, are left out', () => {
  const empty = rows.map((row) => (row.variable === 'H_T' ? { ...row, n: 0 } : row));
  expect(placedGroups<{ n: number }>(report, empty, [], 600).map(({ name }) => name)).toEqual(['abs_deta']);
});
