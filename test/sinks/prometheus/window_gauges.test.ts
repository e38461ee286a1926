import { expect, test } from 'vitest';
import { windowGauges } from '../../../sinks/prometheus/window_gauges.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

test('quality as a number, alarms that are on, and the events of the last window', () => {
  const rows = new Map(windowGauges(withAnalysis(makeReport({ events: 3000 }))).map((one) => [one.name, one.rows]));
  expect(rows.get('quality')!.map(([labels, value]) => [labels.regime, value])).toEqual([
    ['0', 1],
    ['1', 3],
    ['2', 2],
    ['3', 0],
  ]);
  expect(rows.get('check_alarm')!.map(([, value]) => value)).toEqual([1, 0, 0]);
  expect(rows.get('window_events')).toEqual([[{}, 250]]);
});

test('a report without windows has none of them', () => {
  expect(windowGauges(makeReport({ events: 10 })).flatMap(({ rows }) => rows)).toEqual([]);
});
