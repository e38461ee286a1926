import { expect, test } from 'vitest';
import { localityGauges, zoneGauges } from '../../../sinks/prometheus/locality_gauges.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const rowsOf = (gauges: ReturnType<typeof localityGauges>, name: string) =>
  gauges.find((one) => one.name === name)!.rows;

test('pulls of each regime against each model, with their errors, and the verdict', () => {
  const gauges = localityGauges(report);
  const learned = report.locality!.regimes[2]!;
  const at = (name: string) =>
    rowsOf(gauges, name).find(([labels]) => labels.model === 'learned' && labels.regime === '2')![1];
  expect(at('locality_pull_mean')).toBe(learned.pullMean.value);
  expect(at('locality_pull_mean_error')).toBe(learned.pullMean.error);
  expect(at('locality_pull_width')).toBe(learned.pullWidth.value);
  expect(at('locality_pull_width_error')).toBe(learned.pullWidth.error);
  expect(rowsOf(gauges, 'locality_pull_mean')).toHaveLength(8);
  expect(rowsOf(gauges, 'locality_violated')).toEqual([
    [{ model: 'learned' }, 1],
    [{ model: 'declared' }, 1],
  ]);
});

test('onsets by variable and quantity with their interval; none where there is none', () => {
  const gauges = zoneGauges(report);
  expect(rowsOf(gauges, 'danger_zone_onset')).toEqual([
    [{ variable: 'H_T', quantity: 'bias' }, 309.92],
    [{ variable: 'H_T', quantity: 'pull' }, 312],
  ]);
  expect(rowsOf(gauges, 'danger_zone_onset_low')[0]![1]).toBe(295.5);
  expect(rowsOf(gauges, 'danger_zone_onset_high')[0]![1]).toBe(336.1);
});
