import { expect, test } from 'vitest';
import { contextTable, quantileTable } from '../../../sinks/report/html_context.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = makeReport({ events: 4000 });

test('mean and quantiles of each variable, with errors', () => {
  const html = quantileTable(report);
  for (const text of ['H<sub>T</sub> [GeV]', '|Δη|', '<th scope="col">50\u00a0%</th>', '4,000', ' ± ']) {
    expect(html).toContain(text);
  }
  expect(quantileTable({ ...report, context: [] })).toBe('');
});

test('bins of each variable, flow bins in words', () => {
  const html = contextTable(report);
  for (const text of ['Response in bins of H<sub>T</sub> [GeV]', 'below 0', '80 – 100', 'from 1,000', 'from 4']) {
    expect(html).toContain(text);
  }
  expect(contextTable(makeReport({ events: 10, truth: false }))).toBe('');
});
