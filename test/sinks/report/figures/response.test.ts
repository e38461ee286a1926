import { expect, test } from 'vitest';
import { response } from '../../../../sinks/report/figures/response.js';
import { formatCount, formatEstimate } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = makeReport({ events: 4000 });
const figure = figureOf(report, 'response');

test('the axis says that curves are normalised, and the width of a bin', () => {
  expect(figure.words).toContain('δ');
  expect(figure.words.filter((text) => /^Fraction of events \/ 0\.00\d+$/.test(text))).toHaveLength(1);
  expect(figure.description).toContain('each curve and its flow bins sum to 1');
});

test('every regime is a line with n, bias and σ68 and their errors', () => {
  for (const row of report.response!.filter(({ split }) => split === 'all')) {
    expect(figure.marks(`steps of delta ${row.regime}`)).toBe(1);
    expect(figure.words).toContain(`n = ${formatCount(row.n)}`);
    expect(figure.words).toContain(`bias ${formatEstimate(row.bias.value, row.bias.error)}`);
    expect(figure.words).toContain(`σ68 ${formatEstimate(row.sigma68.value, row.sigma68.error)}`);
  }
});

test('weights are said on the axis; without truth there is no figure', () => {
  const weighted = figureOf(makeReport({ events: 2000, weighted: true }), 'response').words;
  expect(weighted.some((text) => text.startsWith('Fraction of sum of weights / 0.'))).toBe(true);
  expect(response(makeReport({ events: 10, truth: false }))).toEqual([]);
});

test('a regime without events has no curve, and is in the legend with n = 0', () => {
  const none = makeReport({ events: 4000, regimes: 7 });
  for (const one of none.distributions.response!.series.filter(({ regime }) => regime === 6)) {
    one.sum = one.sum.map(() => 0);
    one.n = 0;
    one.underflow = one.overflow = 0;
  }
  const { marks, words } = figureOf(none, 'response');
  expect(marks('steps of delta 6')).toBe(0);
  expect(words).toContain('n = 0');
});
