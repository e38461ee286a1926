import { describe, expect, it } from 'vitest';
import { uhiOfReport } from '../../../sinks/export/uhi_report.js';
import { makeReport } from '../../fixtures/report/make.js';
import { uhiMistakes } from '../../support/uhi_schema.js';

const NAMES = ['context/H_T', 'context/abs_deta', 'spectrum/reco', 'response/delta'];

const flat = (nested: unknown): number[] => (Array.isArray(nested) ? nested.flatMap(flat) : [nested as number]);
const total = (nested: unknown): number => flat(nested).reduce((sum, x) => sum + x, 0);

describe('histograms of a report as UHI JSON', () => {
  it.each([{ weighted: false }, { weighted: true }])('follow the schema, all of them: %o', ({ weighted }) => {
    const histograms = uhiOfReport(makeReport({ events: 300, weighted }));
    expect(Object.keys(histograms).sort()).toEqual(
      [...NAMES.flatMap((name) => [name, `${name}/by_regime`]), 'spectrum/truth'].sort(),
    );
    for (const histogram of Object.values(histograms)) expect(uhiMistakes(histogram)).toBe('');
  });

  it('hold every event, flow bins included, where each counts 1', () => {
    const report = makeReport({ events: 300 });
    const histograms = uhiOfReport(report);
    for (const { axes, storage, metadata } of Object.values(histograms)) {
      expect(total(storage.values)).toBe(metadata.entries);
      expect(storage.variances).toEqual(storage.values);
      expect(axes.at(-1)).toMatchObject({ type: 'variable', underflow: true, overflow: true });
    }
    const { axes, storage } = histograms['context/H_T/by_regime']!;
    const { series } = report.distributions.context[0]!;
    expect(axes[0]).toMatchObject({ type: 'category_int', categories: [0, 1, 2, 3], metadata: { name: 'regime' } });
    const rows = series.slice(1).map(({ underflow, sum, overflow }) => [underflow, ...sum, overflow]);
    expect(storage.values).toEqual(rows);
  });

  it('of a weighted report have the squares of the errors as variances, flow bins included', () => {
    const report = makeReport({ events: 300, weighted: true });
    const { axes, storage, metadata } = uhiOfReport(report)['spectrum/truth']!;
    const truth = report.distributions.spectrum!.series.find(({ name }) => name === 'truth')!;
    expect(axes).toMatchObject([{ type: 'variable', underflow: true, overflow: true }]);
    expect(axes[0]!.metadata).toMatchObject({ label: 'm_ll [GeV]' });
    expect(storage.values).toEqual([truth.underflow, ...truth.sum, truth.overflow]);
    const errors = [truth.underflowError, ...truth.errors, truth.overflowError];
    expect(storage.variances).toEqual(errors.map((error) => error ** 2));
    expect(errors[0]! + errors.at(-1)!).toBeGreaterThan(0);
    expect(metadata).toMatchObject({ entries: truth.n });
  });

  it('are those that a report without truth has', () => {
    expect(Object.keys(uhiOfReport(makeReport({ events: 50, truth: false })))).not.toContain('response/delta');
  });
});
