import { expect, test } from 'vitest';
import { growthHtml, zoneBox } from '../../../sinks/report/html_zone.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('a box with a sentence for each quantity and one on why σ68 grows', () => {
  const { text } = pageOf(zoneBox(report));
  expect(text('h2')).toEqual(['Danger zone in HT']);
  const items = text('li');
  expect(items).toHaveLength(4);
  expect(items[0]).toMatch(/^From HT = 310 GeV on \(95 %: 296 – 336 GeV\) the bias leaves its baseline/);
  expect(items[3]).toContain('no violation of locality');
  expect(growthHtml(report)).toBe('');
});

test('its colour follows from the onset of bias and pull, and the words say it too', () => {
  expect(zoneBox(report)).toContain('class="box medium"');
  const none = { ...report.dangerZone!, raw: null, pull: null, reasons: { raw: 'none', pull: 'none' } };
  expect(zoneBox({ ...report, dangerZone: none })).toContain('class="box good"');
  expect(zoneBox(makeReport({ events: 100 }))).toBe('');
});
