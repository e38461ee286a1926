import { describe, expect, test } from 'vitest';
import { probeFigures } from '../../../sinks/probe_report/figures.js';
import { probeHtml } from '../../../sinks/probe_report/html.js';
import { documentOf } from '../report/drawn.js';
import { emptyReport, reportOf, reports } from './reports.js';

describe.each(reports)('%s', (_, report) => {
  const html = probeHtml(report);
  const page = documentOf(html);
  const all = (selector: string) => [...page.querySelectorAll(selector)];

  test('is one page with one heading that needs no network and runs nothing', () => {
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(all('h1').map(({ textContent }) => textContent)).toEqual([`Probe: ${report.title}`]);
    expect(html).not.toMatch(/https?:|<script|<link|<iframe|<object|@import|\ssrc=|\son\w+=/);
  });

  test('shows every figure once, those of other attacks folded away', () => {
    const drawn = probeFigures(report);
    expect(
      all('figure')
        .map((node) => node.getAttribute('id'))
        .sort(),
    ).toEqual(drawn.map(({ name }) => name).sort());
    const folded = all('details figure').map((node) => node.getAttribute('id'));
    expect(folded).toHaveLength(2 * (report.attacks.length - 1));
    expect(folded.some((name) => name!.endsWith('_preserving'))).toBe(false);
  });

  test('has no id twice, and tables with a caption and as many cells as heads', () => {
    const ids = all('[id]').map((node) => node.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    for (const table of all('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      const heads = [...table.querySelectorAll('th[scope="col"]')].length;
      for (const row of table.querySelectorAll('tbody tr')) expect(row.children).toHaveLength(heads);
    }
  });

  test('says where it comes from', () => {
    const footer = page.querySelector('footer')!.textContent;
    const { modelSha256, cardHash, pipelineHash, stateHash, samples } = report;
    for (const hash of [modelSha256, cardHash, pipelineHash, stateHash, samples[0]!.sha256])
      expect(footer).toContain(hash);
    expect(footer).toContain(`seed ${report.seed}, random directions 20, caps: distance 0.06, correlation 0.006`);
    expect(footer.includes('rows of the model per second')).toBe(report.timing !== undefined);
  });

  test('is the same, byte for byte, from the same report', () => {
    expect(probeHtml(structuredClone(report))).toBe(html);
  });
});

test('a report without events or attacks is a page that says so', () => {
  const html = probeHtml(emptyReport());
  expect(html).toContain('No attack was run.');
  expect(html).toContain('no figure of merit');
  expect(html).not.toMatch(/<figure|undefined|>NaN/);
});

test('text from samples, cards and pipelines is never markup', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const report = reportOf('classifier');
  for (const key of ['title', 'model', 'pipeline'] as const) report[key] = evil;
  report.notes = [evil];
  report.samples[0]!.path = evil;
  report.events.rejected = { [evil]: 15 };
  report.events.outside = { [evil]: 1 };
  report.regimes[0]!.label = evil;
  report.figureOfMerit!.name = evil;
  for (const feature of report.features) Object.assign(feature, { name: evil, unit: evil });
  for (const one of report.distributions) Object.assign(one, { feature: evil, unit: evil });
  report.correlations!.features.fill(evil);
  for (const attack of report.attacks) for (const pull of attack.pulls) pull.feature = evil;
  for (const row of report.hidden) Object.assign(row, { unit: evil, largest: { input: evil, shift: 1 } });
  for (const row of report.mostFooled)
    Object.assign(row, { event: evil, moved: [{ feature: evil, from: 1, to: 2, pull: 1 }] });
  const html = probeHtml(report);
  expect(html).not.toContain('<img');
  expect(documentOf(html).querySelector('img')).toBeNull();
});
