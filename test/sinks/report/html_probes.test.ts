import { expect, test } from 'vitest';
import { alertBox } from '../../../sinks/report/html_alert.js';
import { reportHtml } from '../../../sinks/report/html.js';
import { probesHtml } from '../../../sinks/report/html_probes.js';
import { makeReport } from '../../fixtures/report/make.js';
import { probeRowsOf, withProbes } from '../../fixtures/report/probes.js';
import { pageOf } from './page_of.js';

const bare = makeReport({ events: 3000 });
const report = withProbes(bare);
const { tables } = pageOf(probesHtml(report));

test('a row a regime with its verdict in words', () => {
  const [whole] = tables;
  expect(whole!.caption).toBe('Probe net of m_net (gradient, s = 1): 1,581 events chosen');
  expect(whole!.heads.slice(1)).toEqual([
    'right',
    'fooled',
    'control',
    'difference',
    'wrong',
    'unanswered',
    'skipped',
    'verdict',
  ]);
  expect(whole!.rows.map((row) => [row[1], row.at(-1)])).toEqual([
    ['1,545', 'bad'],
    ['900', 'good'],
    ['600', 'bad'],
    ['45', 'medium'],
    ['0', 'too little data'],
  ]);
  expect(whole!.rows[0]!.slice(5, 8)).toEqual(['30', '2', '4']);
  expect(whole!.rows[4]!.slice(2, 5)).toEqual(['—', '—', '—']);
});

test('windows are folded away, the newest first, and cut with a word of it', () => {
  const [, windows] = tables;
  expect(windows!.rows.map((row) => [row[0], row[1]])).toEqual(
    ['2', '1', '0'].flatMap((window) => ['all', '0', '1', '2'].map((regime) => [window, regime])),
  );
  const many = probeRowsOf(
    'net',
    Array.from({ length: 60 }, (_, window) => [window, 0, 40, 1, 0]),
  );
  const cut = pageOf(probesHtml({ ...bare, probes: many })).tables[1]!;
  expect(cut.caption).toBe('Probe net by window, the newest first (50 of 60; report.json has all)');
  expect(cut.rows.length).toBe(100);
  expect(cut.rows[0]![0]).toBe('59');
  expect(pageOf(probesHtml({ ...bare, probes: probeRowsOf('net', [[0, 0, 40, 1, 0]]) })).tables.length).toBe(1);
});

test('the page has a part of its own with the figure, and a box where a verdict is bad', () => {
  const page = reportHtml(report);
  expect(page.match(/<h2>Probes<\/h2>/g)?.length).toBe(1);
  expect(page.match(/<figure id="probes_net">/g)?.length).toBe(1);
  expect(alertBox({ ...report, quality: [] })).toContain('class="box bad"');
  expect(pageOf(alertBox({ ...report, quality: [] })).text('li')).toEqual([
    expect.stringMatching(/^Probe net of m_net .* is bad: .* Bad in regime 1 too\.$/),
  ]);
  expect(probesHtml(bare)).toBe('');
  expect(reportHtml(bare)).not.toContain('<h2>Probes</h2>');
});

test('names cannot break out of the page', () => {
  const named = report.probes!.map((row) => ({ ...row, model: '<b>net</b>' }));
  expect(reportHtml({ ...report, probes: named })).not.toContain('<b>net');
});
