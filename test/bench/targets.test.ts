import { expect, test } from 'vitest';
import { TARGETS, targetTable, verdict } from '../../bench/targets.js';

const at = (median: number) => ({ median, low: median, high: median });
const more = { work: 'w', of: 'o', unit: '×', least: 2, stretch: 4 };
const less = { ...more, least: 300, stretch: 150, below: true } as const;

for (const [target, median, said] of [
  [more, 4, 'reached, and the stretch'],
  [more, 3.9, 'reached'],
  [more, 2, 'reached'],
  [more, 1, 'missed by a factor of 2'],
  [less, 150, 'reached, and the stretch'],
  [less, 300, 'reached'],
  [less, 450, 'missed by a factor of 1.5'],
] as const) {
  test(`${median} for ${target.least} to ${target.stretch}: ${said}`, () => {
    expect(verdict(target, at(median))).toBe(said);
  });
}

test('what was not measured is in the table, and is said', () => {
  const { rows } = targetTable({ workers: { median: 1.9, low: 1.8, high: 1.95 } });
  expect(rows).toHaveLength(TARGETS.length);
  expect(rows.find(([work]) => work === '2 workers against 1')).toEqual([
    ...['2 workers against 1', '×', '≥ 1.8', '', '1.9 (1.8–1.95)', 'reached'],
  ]);
  expect(rows.find(([work]) => work === 'chain against River')!.slice(-2)).toEqual(['', 'not measured']);
});

test('no two rows are of the same finding', () => {
  expect(new Set(TARGETS.map(({ of }) => of)).size).toBe(TARGETS.length);
});
