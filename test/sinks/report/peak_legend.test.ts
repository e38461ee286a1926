import { expect, test } from 'vitest';
import { peakLegend } from '../../../sinks/report/peak_legend.js';
import { correctionOf } from '../../fixtures/report/correction.js';
import { makeReport } from '../../fixtures/report/make.js';

const correction = correctionOf(makeReport({ events: 1000 }));
const { axis, series } = correction.spectra[0]!;
const words = (own = correction) => peakLegend(own, axis, series, 'all').map(({ cells }) => cells[0]);

test('each series with its events, fitted peak and width with errors, χ², and what lies outside', () => {
  expect(words().slice(5, 11)).toEqual([
    'raw',
    'n = 150',
    'peak 90.80 ± 0.05 GeV',
    'width 1.90 ± 0.15 GeV',
    'χ²/ndof 114/108',
    `< 60: ${series[1]!.underflow}, ≥ 120: ${series[1]!.overflow}`,
  ]);
});

test('the truth has no width; a fit that failed says why; a refused correction is named', () => {
  expect(words().slice(0, 4)).toEqual(['truth', 'n = 150', 'peak 91.10 ± 0.05 GeV', 'χ²/ndof 114/108']);
  const failed = structuredClone(correction);
  Object.assign(
    failed.peaks.find((one) => one.series === 'raw' && one.regime === 'all')!,
    {
      position: { value: null, error: null },
      reason: 'too few events',
    },
  );
  expect(words(failed)).toContain('no fit: too few events');
  expect(words({ ...correction, accepted: false })).toContain('corrected (identity)');
});
