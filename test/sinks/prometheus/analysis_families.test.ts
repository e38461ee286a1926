import { expect, test } from 'vitest';
import { analysisFamilies } from '../../../sinks/prometheus/analysis_families.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const rows = new Map<string, ReturnType<typeof analysisFamilies>[number]['rows']>(
  analysisFamilies(report).map((one) => [one.name, one.rows]),
);

test('pulls of each regime against each model, with their errors, and the verdict', () => {
  const learned = report.locality!.regimes[2]!;
  const at = (name: string) =>
    rows.get(name)!.find(([labels]) => labels['model'] === 'learned' && labels['regime'] === '2')![1];
  expect(at('locality_model_pull_mean')).toBe(learned.pullMean.value);
  expect(at('locality_model_pull_mean_error')).toBe(learned.pullMean.error);
  expect(at('locality_model_pull_width')).toBe(learned.pullWidth.value);
  expect(at('locality_model_pull_width_error')).toBe(learned.pullWidth.error);
  expect(rows.get('locality_model_pull_mean')).toHaveLength(8);
  expect(rows.get('locality_violated')).toEqual([
    [{ model: 'learned' }, 1],
    [{ model: 'declared' }, 1],
  ]);
});

test('the pull without a model is that against the model of the test, as in a live stream', () => {
  expect(rows.get('locality_pull_mean')).toEqual(
    report.locality!.regimes.map(({ regime, pullMean }) => [{ regime: String(regime) }, pullMean.value]),
  );
});

test('onsets by variable and quantity with their interval; none where there is none', () => {
  expect(rows.get('danger_zone_onset')).toEqual([
    [{ variable: 'H_T', quantity: 'bias' }, 309.92],
    [{ variable: 'H_T', quantity: 'pull' }, 312],
  ]);
  expect(rows.get('danger_zone_onset_low')![0]![1]).toBe(295.5);
  expect(rows.get('danger_zone_onset_high')![0]![1]).toBe(336.1);
});

test('the gain over regimes with its error, whether it is applied, and the fitted peaks', () => {
  expect(rows.get('correction_gain_ratio')).toEqual([[{ layer: 'smooth' }, 0.868]]);
  expect(rows.get('correction_gain_error_ratio')).toEqual([[{ layer: 'smooth' }, 0.014]]);
  expect(rows.get('correction_accepted')).toEqual([[{ layer: 'smooth' }, 1]]);
  expect(rows.get('peak_fit_position')).toHaveLength(15);
  expect(rows.get('peak_fit_position')![1]).toEqual([{ regime: 'all', series: 'raw' }, 90.8]);
});

test('nothing without an analysis', () => {
  expect(analysisFamilies(makeReport({ events: 10 })).flatMap((one) => one.rows)).toEqual([]);
});
