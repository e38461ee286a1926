import { expect, test } from 'vitest';
import { spectrumLegend } from '../../../sinks/report/spectrum_legend.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = makeReport({ events: 400 });
const { axis, series } = report.distributions.spectrum!;
const of = (alone: boolean) =>
  spectrumLegend(report, axis, series.slice(0, 2), ({ name }) => name === 'reco', alone).map(({ mark, cells }) => [
    mark,
    ...cells,
  ]);

test('every series has its events, its peak with error if known, and what lies outside', () => {
  const [truth, reco] = series;
  expect(of(false)).toEqual([
    ['line', 'truth'],
    ['none', 'n = 400'],
    ['none', `< 60: ${truth!.underflow}, ≥ 120: ${truth!.overflow}`],
    ['dot', 'reco'],
    ['none', 'n = 400'],
    ['none', 'peak 91.02 ± 0.06 GeV'],
    ['none', `< 60: ${reco!.underflow}, ≥ 120: ${reco!.overflow}`],
  ]);
});

test('without truth the union of the regimes is called all', () => {
  expect(of(true).filter(([mark]) => mark === 'dot')).toEqual([['dot', 'all']]);
});
