import { expect, test } from 'vitest';
import { align, left, right } from '../../../sinks/report/align.js';

test('columns as wide as their longest cell, characters counted and not bytes', () => {
  expect(
    align([
      [left('regime'), right('σ68')],
      [left('|Δη|'), right('0.0123')],
    ]),
  ).toEqual(['regime     σ68', '|Δη|    0.0123']);
  expect(align([])).toEqual([]);
});
