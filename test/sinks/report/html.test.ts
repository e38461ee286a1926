import { describe, expect, test } from 'vitest';
import { figures } from '../../../sinks/report/figures.js';
import { reportHtml } from '../../../sinks/report/html.js';
import { makeReport, reports } from '../../fixtures/report/make.js';
import { documentOf } from './drawn.js';

describe.each(reports)('%s', (_, report) => {
  const html = reportHtml(report);
  const page = documentOf(html);
  const all = (selector: string) => [...page.querySelectorAll(selector)];

  test('is one page with one heading, a language and a title', () => {
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(page.querySelector('html')!.getAttribute('lang')).toBe('en');
    expect(all('h1').map(({ textContent }) => textContent)).toEqual([report.title]);
    expect(page.querySelector('head title')!.textContent).toBe(report.title);
    expect(all('main')).toHaveLength(1);
  });

  test('needs no network and runs nothing', () => {
    expect(html).not.toMatch(/https?:|<script|<link|<iframe|<object|@import|\ssrc=|\son\w+=/);
    const urls = [...html.matchAll(/url\(([^)]*)\)/g)].map(([, target]) => target!);
    for (const target of urls) expect(target).toMatch(/^#[\w-]+$/);
  });

  test('shows every figure with a role, a title, a description and a caption', () => {
    const drawn = figures(report);
    expect(html.includes('<h2>Figures</h2>')).toBe(drawn.length > 0);
    expect(all('figure > .plate > svg')).toHaveLength(drawn.length);
    for (const svg of all('svg')) {
      expect(svg.getAttribute('role')).toBe('img');
      expect(svg.querySelector('title')!.textContent).not.toBe('');
      expect(svg.querySelector('desc')!.textContent).not.toBe('');
    }
    expect(all('figcaption').map(({ textContent }) => textContent.replaceAll('\u00a0', ' '))).toEqual(
      drawn.map(({ description }) => description.replace(/(?<!\w)([Hm])_(T|ll)/g, '$1$2')),
    );
  });

  test('has no id twice, and every reference has its target', () => {
    const ids = all('[id]').map((node) => node.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const node of all('[aria-labelledby]')) {
      for (const id of node.getAttribute('aria-labelledby')!.split(' ')) expect(ids).toContain(id);
    }
  });

  test('every table has a caption and as many cells a row as heads', () => {
    for (const table of all('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      const heads = [...table.querySelectorAll('th[scope="col"]')].length;
      for (const row of table.querySelectorAll('tbody tr')) expect(row.children).toHaveLength(heads);
    }
  });

  test('accounts for every event', () => {
    const { read, used, late, duplicate } = report.events;
    const number = (n: number) => n.toLocaleString('en');
    expect(html).toContain(
      `${number(read)} events read = ${number(used)} used + 15 rejected + ${late} late + ${duplicate} duplicate.`,
    );
    expect(html).toContain('12 rejected: reco_l1_pt is not a number');
    expect(html).toContain('3 rejected: gen_l1_pt &lt; 0 GeV');
  });

  test('says where it comes from', () => {
    for (const text of ['regimewatch 0.1.0', report.pipelineHash, report.stateHash, report.samples[0]!.sha256]) {
      expect(page.querySelector('footer')!.textContent).toContain(text);
    }
  });

  test('is the same, byte for byte, from the same report', () => {
    expect(reportHtml(structuredClone(report))).toBe(html);
  });
});

test('without truth, what needs it is left out and the note says why', () => {
  const html = reportHtml(makeReport({ events: 400, truth: false }));
  expect(html).not.toMatch(/Response by regime|Response in bins|σ68/);
  expect(html).toContain('Note: response: the sample has no truth');
  expect(html).toContain('peak [GeV]');
});

test('what is not known is a dash with its reason', () => {
  expect(reportHtml(makeReport({ events: 1 }))).toContain('<span title="fewer than 2 events">—</span>');
});

test('text from samples and pipelines is never markup', () => {
  const report = makeReport({ events: 5 });
  const evil = '<img src=x onerror=alert(1)>';
  report.title = evil;
  report.notes = [evil];
  report.samples[0]!.path = evil;
  report.events.rejected = { [evil]: 1 };
  report.regimes!.map[0]!.label = evil;
  report.weight = evil;
  const html = reportHtml(report);
  expect(html).not.toContain('<img');
  expect(documentOf(html).querySelector('img')).toBeNull();
});

test('symbols are set with their index lowered', () => {
  const html = reportHtml(makeReport({ events: 400 }));
  expect(html).toContain('H<sub>T</sub> [GeV]');
  expect(html).toContain('low H<sub>T</sub>, close');
});

test('a number of regimes found by a criterion is shown with the criterion', () => {
  const report = makeReport({ events: 400 });
  expect(reportHtml(report)).not.toContain('Number of regimes tried');
  report.regimes!.scan = [
    { count: 3, inertia: 900, calinskiHarabasz: 1200 },
    { count: 4, inertia: 700, calinskiHarabasz: 1400 },
  ];
  expect(reportHtml(report)).toContain('<td class="word">4 (taken)</td><td>700</td><td>1,400</td>');
});
