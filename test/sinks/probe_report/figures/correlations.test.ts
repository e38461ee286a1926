import { expect, test } from 'vitest';
import { correlations } from '../../../../sinks/probe_report/figures/correlations.js';
import { drawn, emptyReport, reportOf } from '../reports.js';

const report = reportOf('classifier');

test('three matrices with their values, the difference in units of its own', () => {
  const data = {
    features: ['a', 'b'],
    nominal: [
      [1, 0.5],
      [0.5, 1],
    ],
    perturbed: [
      [1, 0.512],
      [0.512, 1],
    ],
  };
  const { words, description } = drawn(correlations({ ...report, correlations: data }), 'correlations');
  expect(words.filter((word) => word === '.50')).toHaveLength(2);
  expect(words.filter((word) => word === '.51')).toHaveLength(2);
  expect(words).toContain('perturbed − nominal, in 0.001');
  expect(words.filter((word) => word === '12')).toHaveLength(2);
  // √(2 · 0.012²) / √(2 + 2 · 0.5²) = 0.0107
  expect(description).toContain('that of the nominal matrix: 0.011 (cap 0.006)');
});

test('a feature that is constant leaves its cells blank', () => {
  const data = structuredClone(report.correlations!);
  for (const row of data.nominal) row[7] = null;
  data.nominal[7]!.fill(null);
  const { svg } = drawn(correlations({ ...report, correlations: data }), 'correlations');
  expect(svg).toContain('data-layer="nominal" data-cells="49"');
  expect(svg).toContain('data-layer="perturbed" data-cells="64"');
});

test('the values of many features are not written', () => {
  const d = 20;
  const nominal = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? 1 : 0.25)));
  const features = nominal.map((_, i) => `a_feature_with_a_long_name_${i}`);
  const { words, svg } = drawn(
    correlations({ ...report, correlations: { features, nominal, perturbed: nominal } }),
    'correlations',
  );
  expect(svg).toContain(`data-cells="${d * d}"`);
  expect(words).not.toContain('.25');
  expect(words.some((word) => word.endsWith('…'))).toBe(true);
  expect(correlations(emptyReport())).toEqual([]);
});
