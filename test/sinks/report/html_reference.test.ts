import { expect, test } from 'vitest';
import type { ReferenceReport } from '../../../schemas/report.js';
import { referenceHtml } from '../../../sinks/report/html_reference.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const reference: ReferenceReport = {
  ...{ path: '/a/<report>.json', pipeline: 'dilepton', pipelineHash: 'x', stateHash: 'y', level: 0.01 },
  ...{ notes: ['another pipeline'], verdict: 'bad', reason: 'H_T moved' },
  comparisons: [
    {
      ...{ distribution: 'context', variable: 'H_T', regime: 1, n: 1200, referenceN: 3400, bins: 50 },
      chi2: { value: 61.25, ndof: 49, pValue: 0.1 },
      kolmogorov: { distance: 0.0312, pValue: 0.2 },
      wasserstein: { distance: 3, expected: 1, spread: 0.3, moved: 2.828, pValue: 1e-5 },
      ...{ pValue: 1e-5, sigma: 4.4, significant: true, tolerance: 2, relevant: true, verdict: 'bad', reason: '' },
    },
    {
      ...{ distribution: 'response', variable: 'delta', regime: 'all', n: 3, referenceN: 3400, bins: 50 },
      ...{ chi2: null, kolmogorov: null, wasserstein: null, pValue: null, sigma: null, significant: false },
      ...{ tolerance: 0.005, relevant: false, verdict: 'null', reason: 'too few events' },
    },
  ],
};

test('one verdict and every distribution, with dashes where nothing is known', () => {
  const html = referenceHtml({ ...makeReport({ events: 100 }), reference });
  const { tables, text } = pageOf(html);
  expect(text('p')[0]).toBe('bad Against /a/<report>.json: HT moved.');
  expect(html).not.toContain('<report>');
  expect(tables[0]!.rows).toEqual([
    ['context HT', '1 low HT, wide', '1,200', '3,400', '61.3/49', '0.0312', '2.83 (2)', '1.0×10⁻⁵', 'bad'],
    ['response delta', 'all', '3', '3,400', '—', '—', '—', '—', 'too little data'],
  ]);
  expect(text('.notes')[0]).toContain('Note: another pipeline.');
});

test('nothing without a reference', () => {
  expect(referenceHtml(makeReport({ events: 10 }))).toBe('');
});
