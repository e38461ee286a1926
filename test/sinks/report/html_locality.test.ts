import { expect, test } from 'vitest';
import { localityHtml } from '../../../sinks/report/html_locality.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const { tables, text } = pageOf(localityHtml(report));

test('the verdict comes first, then significance and relevance apart, then what is not seen', () => {
  expect(text('.verdict')[0]).toMatch(/^The response is not local \(learned model/);
  expect(text('dt').slice(0, 2)).toEqual(['Significance', 'Relevance']);
  expect(text('dd')[0]).toContain('significant: the pull means deviate by 10.5 sigma, p = 1.2×10⁻²⁵');
  expect(text('dd')[1]).toContain('relevant: the largest excess in δ');
  expect(text('h3')[0]).toBe('What this test cannot see');
  expect(text('li')[0]).toBe('|Δη|: 4 of 8 bins have too few events to see the tolerance of 0.001.');
});

test('a table by regime and one for each variable, for each model; the other model is folded', () => {
  const captions = ['Pulls by regime', 'Pulls in bins of HT [GeV]', 'Pulls in bins of |Δη|'];
  expect(tables.map(({ caption }) => caption)).toEqual([
    ...captions.map((caption) => `${caption}, learned model`),
    ...captions.map((caption) => `${caption}, declared model`),
  ]);
  expect(text('summary')).toEqual(['Against the declared model: not local']);
  const rows = tables[1]!.rows;
  expect(rows).toHaveLength(report.byContext!.filter(({ variable }) => variable === 'H_T').length);
  expect(tables[0]!.heads).toEqual([
    'id',
    'label',
    'n',
    'pull mean',
    'pull width',
    'excess in δ',
    'shared [%]',
    'p of mean',
    'p of width',
    'found',
  ]);
});

test('what stands out is named, and a trifle is called one', () => {
  const own = structuredClone(report);
  const [a, b, c] = own.locality!.regimes;
  Object.assign(a!, { n: 900, pValue: 1e-9, excess: { value: 0.002, error: 0.0002 }, pValueWidth: 1 });
  Object.assign(b!, { n: 900, pValue: 1e-9, excess: { value: 0.0002, error: 0.00002 }, pValueWidth: 1 });
  Object.assign(c!, { n: 900, pValue: 1, pValueWidth: 1e-5, pullWidth: { value: 1.3, error: 0.02 } });
  const found = pageOf(localityHtml(own)).tables[0]!.rows.map((row) => row.at(-1));
  expect(found.slice(0, 3)).toEqual(['mean', 'mean, a trifle', 'width']);
});

test('nothing without a local model; nothing made up where nothing stands out', () => {
  expect(localityHtml(makeReport({ events: 100 }))).toBe('');
  const quiet = structuredClone(report);
  const { locality } = quiet;
  for (const row of [...locality!.regimes, ...locality!.byContext]) row.pValue = null;
  Object.assign(locality!, {
    sigma: null,
    pValue: null,
    significant: false,
    relevant: false,
    weak: [],
    alternatives: [],
  });
  const html = localityHtml(quiet);
  expect(html).toContain('deviate by not known');
  expect(html).toContain('Nothing that it should see is known to be out of its reach.');
});
