import { expect, test } from 'vitest';
import { correctionGauges } from '../../../sinks/prometheus/correction_gauges.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('the gain over regimes with its error, whether it is applied, and the fitted peaks', () => {
  const rows = new Map(correctionGauges(report).map((one) => [one.name, one.rows]));
  expect(rows.get('correction_gain_ratio')).toEqual([[{ layer: 'smooth' }, 0.868]]);
  expect(rows.get('correction_gain_error_ratio')).toEqual([[{ layer: 'smooth' }, 0.014]]);
  expect(rows.get('correction_accepted')).toEqual([[{ layer: 'smooth' }, 1]]);
  expect(rows.get('peak_fit_position')).toHaveLength(15);
  expect(rows.get('peak_fit_position')![1]).toEqual([{ regime: 'all', series: 'raw' }, 90.8]);
});

test('nothing without a correction', () => {
  expect(correctionGauges(makeReport({ events: 10 }))).toEqual([]);
});
