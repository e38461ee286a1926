import { describe, expect, test } from 'vitest';
import { spectrum } from '../../../../sinks/report/figures/spectrum.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const filled = (sum: readonly number[]) => sum.filter((value) => value !== 0).length;
const seriesOf = (report: ReturnType<typeof makeReport>, name: string) =>
  report.distributions.spectrum!.series.find((one) => one.name === name && one.regime === 'all')!;

describe('with truth', () => {
  const report = makeReport({ events: 4000 });
  const figure = figureOf(report, 'spectrum');
  const [truth, reco] = ['truth', 'reco'].map((name) => seriesOf(report, name));

  test('axes say what they show', () => {
    expect(figure.words[0]).toBe('mll: truth and reconstruction');
    for (const text of ['Events / 0.5 GeV', 'mll [GeV]', 'reco / truth', 'n = 4,000']) {
      expect(figure.words).toContain(text);
    }
  });

  test('a point for every filled bin, a ratio where both are filled', () => {
    expect(figure.marks('points of reco')).toBe(filled(reco!.sum));
    const both = reco!.sum.filter((value, i) => value !== 0 && truth!.sum[i] !== 0).length;
    expect(figure.marks('ratio of reco all') + figure.marks('beyond the panel, ratio of reco all')).toBe(both);
    expect(figure.marks('steps of truth all')).toBe(1);
  });

  test('what lies outside the axis is counted beside it', () => {
    expect(figure.words).toContain(`< 60: ${reco!.underflow}, ≥ 120: ${reco!.overflow}`);
    expect(figure.description).toContain(`${reco!.underflow} below, ${reco!.overflow} above (reco)`);
  });
});

describe('without truth', () => {
  const report = makeReport({ events: 4000, truth: false });
  const figure = figureOf(report, 'spectrum');

  test('the regimes are drawn over all, and compared in shape', () => {
    expect(figure.words[0]).toBe('mll, reconstructed, by regime');
    expect(figure.words).toContain('shape / all');
    for (const { id, label } of report.regimes!.map) {
      expect(figure.marks(`steps of reco ${id}`)).toBe(1);
      expect(figure.words).toContain(`${id}: ${label}`.replace('_', ''));
    }
    expect(figure.marks('points of reco')).toBe(filled(seriesOf(report, 'reco').sum));
  });

  test('the peak of each regime has its error', () => {
    expect(figure.words.filter((text) => /^peak \d+\.\d+ ± 0\.\d+ GeV$/.test(text))).toHaveLength(5);
  });
});

test('weights are said on the axis', () => {
  const { words } = figureOf(makeReport({ events: 4000, weighted: true }), 'spectrum');
  expect(words).toContain('Sum of weights / 0.5 GeV');
});

test('there is none without a spectrum', () => {
  const report = makeReport({ events: 10 });
  delete report.distributions.spectrum;
  expect(spectrum(report)).toEqual([]);
});
