import { expect, test } from 'vitest';
import { flowSeries } from '../../../sinks/probe_report/flow_series.js';

test('the first and the last count lie beyond the axis', () => {
  const flow = { underflow: 1, underflowError: 1, overflow: 4, overflowError: 2 };
  expect(flowSeries('nominal', 'all', [1, 9, 16, 4])).toEqual({
    ...{ name: 'nominal', regime: 'all', n: 30, sum: [9, 16], errors: [3, 4] },
    ...flow,
  });
});
