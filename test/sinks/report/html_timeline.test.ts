import { expect, test } from 'vitest';
import { qualityTable, timelineHtml, verdictHtml } from '../../../sinks/report/html_timeline.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';
import { pageOf } from './page_of.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const { tables } = pageOf(timelineHtml(report));
const table = (start: string) => tables.find(({ caption }) => caption.startsWith(start))!;

test('quality has a word beside its colour', () => {
  expect(table('Quality').rows.map((row) => row[2])).toEqual(['good', 'bad', 'medium', 'too little data']);
  expect(verdictHtml('bad')).toBe('<span class="badge bad">bad</span>');
});

test('the change in two parts, each with its error and significance', () => {
  expect(table('Change of the mean').rows).toEqual([
    ['total', '0.00370 ± 0.00014', '26.4'],
    ['mix: the shares of the regimes changed', '0.0000020 ± 0.0000020', '1.0'],
    ['response: δ changed inside the regimes', '0.00370 ± 0.00014', '26.4'],
  ]);
  expect(table('Change of the mean').caption).toContain('7 windows (1,750 events) before to 5 (1,250) after window 10');
});

test('alarms with what raised them, and versions with why they are', () => {
  expect(table('Alarms').rows).toEqual([
    ['CUSUM', 'mean of the core of δ', '1', '11', 'still on', '10', '0.0060 ± 0.0004'],
    ['Page–Hinkley', 'mean of the core of δ', '1', '12', '14', '—', '0.0060 ± 0.0004'],
  ]);
  expect(table('Versions').rows).toEqual([
    ['correction', 'fitted', '4', '5', '2f2f2f2f', 'first version'],
    ['correction', 'birth of regime 3', '4', '5', 'identity', 'as above'],
    ['local model', 'accepted', '6', '7', '3a3a3a3a', 'squared pulls lessened'],
  ]);
});

test('without windows nothing but the quality, if there is any', () => {
  expect(timelineHtml(makeReport({ events: 100 }))).toBe('');
  const other = structuredClone(report);
  delete other.timeline;
  expect(timelineHtml(other)).toBe(qualityTable(report));
});
