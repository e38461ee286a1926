import { describe, expect, test } from 'vitest';
import { bias } from '../../../../sinks/report/figures/bias_by.js';
import { formatCount } from '../../../../sinks/page/client/shared/format_estimate.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = makeReport({ events: 4000 });

describe.each([
  ['H_T', 'HT [GeV]'],
  ['abs_deta', '|Δη|'],
])('%s', (variable, title) => {
  const figure = figureOf(report, `bias_by_${variable}`);
  const rows = report.byContext!.filter((row) => row.variable === variable);

  test('the axes of the three panels', () => {
    for (const text of [title, 'bias of δ', 'σ68 of δ', 'Events / bin', 'mean δ', 'median δ']) {
      expect(figure.words).toContain(text);
    }
  });

  test('a point for every bin of two events or more, a bar for every bin of one or more', () => {
    const measured = rows.filter(({ n }) => n >= 2).length;
    for (const name of ['mean', 'median', 'sigma68']) {
      expect(figure.marks(`points of ${name}`) + figure.marks(`beyond the panel, ${name}`)).toBe(measured);
    }
    expect(figure.marks('counts')).toBe(rows.filter(({ n }) => n > 0).length);
  });

  test('the number of events is that of all bins', () => {
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(4000);
  });
});

test('every edge of bins of unequal width has its label', () => {
  const { words } = figureOf(report, 'bias_by_H_T');
  const edges = report.byContext!.flatMap(({ variable, low }) => (variable === 'H_T' && low !== null ? [low] : []));
  for (const edge of edges.filter((low) => low >= 80)) expect(words).toContain(formatCount(edge));
});

test('a bin of one event is counted and said, and has no point', () => {
  const single = structuredClone(report);
  const row = single.byContext!.find(({ variable, n }) => variable === 'H_T' && n > 1)!;
  row.n = 1;
  row.bias = { value: 0.9, error: null, reason: 'one event has no error' };
  const [before, after] = [report, single].map((one) => figureOf(one, 'bias_by_H_T'));
  expect(after!.marks('points of mean')).toBe(before!.marks('points of mean') - 1);
  expect(after!.marks('beyond the panel, mean')).toBe(before!.marks('beyond the panel, mean'));
  expect(after!.marks('counts')).toBe(before!.marks('counts'));
  expect(after!.description).toMatch(/Bins with one event, counted but without a point: [1-9]/);
});

test('a value that would set the scale alone is a triangle at the edge', () => {
  const wild = structuredClone(report);
  const row = wild.byContext!.find(({ variable, n }) => variable === 'abs_deta' && n > 1)!;
  row.n = 3;
  row.bias = { value: 0.9, error: 0.5 };
  expect(figureOf(wild, 'bias_by_abs_deta').marks('beyond the panel, mean')).toBe(1);
});

test('there is none without truth, nor without an event', () => {
  expect(bias(makeReport({ events: 10, truth: false }))).toEqual([]);
  expect(bias(makeReport({ events: 0 }))).toEqual([]);
});
