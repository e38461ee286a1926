import { expect, test } from 'vitest';
import { regimeTable, responseTable } from '../../../sinks/report/html_regimes.js';
import { makeReport } from '../../fixtures/report/make.js';
import { documentOf } from './drawn.js';

const cellsOf = (html: string) =>
  [...documentOf(`<html><body>${html}</body></html>`).querySelectorAll('tbody tr')].map((row) =>
    row.children.map(({ textContent }) => textContent),
  );
const headsOf = (html: string) =>
  [...documentOf(`<html><body>${html}</body></html>`).querySelectorAll('thead th')].map(
    ({ textContent }) => textContent,
  );

test('a row a regime and one for all, with units in the heads', () => {
  const report = makeReport({ events: 4000 });
  const html = regimeTable(report);
  expect(headsOf(html)).toEqual([
    ...[
      'id',
      'label',
      'HT [GeV]',
      '|Δη|',
      'share [%]',
      'n',
      'bias',
      'median',
      'σ68',
      'IQR/1.349',
      'tail [%]',
      'mean |δ|',
    ],
  ]);
  const rows = cellsOf(html);
  expect(rows.map(([id]) => id)).toEqual(['0', '1', '2', '3', 'all']);
  expect(rows[0]!.slice(1, 4)).toEqual(['low HT, close', '88.0', '0.550']);
  expect(rows.at(-1)![5]).toBe('4,000');
  for (const row of rows) for (const text of row.slice(6)) expect(text).toMatch(/[±+]/);
});

test('the caption is short; what explains the table stands below it', () => {
  const html = regimeTable(makeReport({ events: 4000, weighted: true }));
  const page = documentOf(`<html><body>${html}</body></html>`);
  expect(page.querySelector('caption')!.textContent.length).toBeLessThan(60);
  const words = page.querySelector('p.notes')!.textContent;
  for (const part of ['4 regimes, as the pipeline asks. Found from 2,800 training events', 'all else is weighted']) {
    expect(words).toContain(part);
  }
});

test('without truth there is the peak, without regimes nothing', () => {
  const report = makeReport({ events: 4000, truth: false });
  expect(headsOf(regimeTable(report)).slice(4)).toEqual(['share [%]', 'n', 'peak [GeV]']);
  expect(responseTable(report)).toBe('');
  delete report.regimes;
  expect(regimeTable(report)).toBe('');
});

test('every split and stage is in the folded table', () => {
  const rows = cellsOf(responseTable(makeReport({ events: 400 })));
  expect(rows).toHaveLength(5 * 4);
  expect(new Set(rows.map((row) => row[2]))).toEqual(new Set(['all', 'train', 'validation', 'test']));
});
