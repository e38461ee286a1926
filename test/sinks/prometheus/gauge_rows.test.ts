import { expect, test } from 'vitest';
import { withError } from '../../../sinks/prometheus/gauge_rows.js';

test('a value and its error are two gauges of the same labels', () => {
  const rows = [[{ regime: '1' }, { mean: { value: 0.5, error: null } }]] as const;
  expect(withError('pull', '_ratio', 'mean pull', rows, ({ mean }) => mean)).toEqual([
    { name: 'pull_ratio', help: 'mean pull', rows: [[{ regime: '1' }, 0.5]] },
    { name: 'pull_error_ratio', help: 'Standard error: mean pull', rows: [[{ regime: '1' }, null]] },
  ]);
});
