import { expect, test } from 'vitest';
import { abs, metric, number, over, plus } from '../../../operators/alerts/conditions.js';
import { withRecords } from '../../../operators/alerts/evaluate_records.js';

const samples = [
  { name: 'core', labels: { regime: '0' }, value: -0.02 },
  { name: 'error', labels: { regime: '0' }, value: 0.004 },
];

test('recorded series are samples of the instant, and later records see them', () => {
  const records = [
    { record: 'r:core:significance', is: over(abs(metric('core')), metric('error')) },
    { record: 'r:core:more', is: plus(metric('r:core:significance'), number(1)) },
    { record: 'one', is: number(1) },
    { record: 'nothing', is: metric('none') },
  ];
  const { time, samples: all } = withRecords(records, [{ time: 7, samples }]);
  expect(time).toBe(7);
  expect(all).toEqual([
    ...samples,
    { name: 'r:core:significance', labels: { regime: '0' }, value: 5 },
    { name: 'r:core:more', labels: { regime: '0' }, value: 6 },
    { name: 'one', labels: {}, value: 1 },
  ]);
});

test('without a scrape there is nothing to record', () => {
  expect(() => withRecords([], [])).toThrow(/without a scrape/);
});
