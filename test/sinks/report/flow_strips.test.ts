import { expect, test } from 'vitest';
import { flowStrips } from '../../../sinks/report/flow_strips.js';

const series = (underflow: number, overflow: number) => [
  {
    name: 'x',
    regime: 'all' as const,
    n: 1,
    sum: [1],
    errors: [1],
    underflow,
    underflowError: 0,
    overflow,
    overflowError: 0,
  },
];

test('a strip of a twentieth stands beside the axis where something is beyond it', () => {
  expect(flowStrips([0, 100], series(0, 0))).toEqual({ under: null, over: null, domain: [0, 100] });
  expect(flowStrips([0, 100], series(2, 0))).toEqual({ under: { low: -5, high: 0 }, over: null, domain: [-5, 100] });
  expect(flowStrips([0, 100], series(0, -1)).over).toEqual({ low: 100, high: 105 });
});
