import { expect, test } from 'vitest';
import { formatEstimate } from '../../../sinks/page/client/shared/format_estimate.js';
import { growthWords } from '../../../sinks/report/growth_words.js';
import { ratio } from '../../../sinks/report/ratio.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 6000 }));

test('σ68 of the highest bin over that of the lowest, beside what the objects alone explain', () => {
  const [line, ...more] = growthWords(report);
  expect(more).toEqual([]);
  const [low, high] = [80, 300].map(
    (edge) => report.byContext!.find((row) => row.variable === 'H_T' && row.low === edge)!.sigma68,
  );
  const growth = ratio(high!.value!, high!.error!, low!.value!, low!.error!)!;
  expect(line).toContain(
    `σ68 at H_T 300 – 400 GeV is ${formatEstimate(growth.value, growth.error)} times that at 80 – 100 GeV`,
  );
  expect(line).toContain(
    'changes by the factor 2.66 ± 0.14 there; from the objects alone the learned model expects 2.58',
  );
  expect(line).toContain('follows from the objects alone and is no violation of locality.');
});

test('a growth that is more than 3 errors off is said to be more than the objects explain', () => {
  const wild = structuredClone(report);
  wild.locality!.explained[0]!.expected = 2.2;
  expect(growthWords(wild)[0]).toContain('is not what the objects alone explain');
});

test('there is nothing without a local model, an unknown ratio or another variable', () => {
  expect(growthWords(makeReport({ events: 100 }))).toEqual([]);
  expect(growthWords(report, (variable) => variable === 'abs_deta')).toEqual([]);
  const unknown = structuredClone(report);
  unknown.locality!.explained[0]!.ratio = { value: null, error: null };
  expect(growthWords(unknown)).toEqual([]);
});
