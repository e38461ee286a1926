import { expect, test } from 'vitest';
import { timeline, versionsAt } from '../../../../sinks/report/figures/timeline.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const figure = figureOf(report, 'timeline');

test('every regime in every window that is known, in three panels', () => {
  const drawn = (what: string, id: number) =>
    figure.marks(`points of ${what}, regime ${id}`) + figure.marks(`beyond the panel, ${what}, regime ${id}`);
  for (const id of [0, 1, 2, 3]) {
    expect(drawn('bias', id)).toBe(12);
    expect(drawn('sigma68', id)).toBe(id === 3 ? 11 : 12);
    expect(drawn('pull', id)).toBe(12);
  }
});

test('alarms are shaded in the panel of their quantity, as one where they overlap', () => {
  expect(figure.marks('alarms of bias')).toBe(1);
  expect(figure.marks('alarms of pull')).toBe(0);
  expect(figure.words).toContain('an alarm is on');
});

test('versions are marked where they take effect', () => {
  expect(versionsAt(report.timeline!)).toEqual([2, 4]);
  expect(figure.marks('versions')).toBe(2);
  const fixed = structuredClone(report);
  delete fixed.timeline!.online;
  const { words } = figureOf(fixed, 'timeline');
  expect(words).not.toContain('new version of a model');
});

test('pulls are left out where there is no model; there is no figure of fewer than two windows', () => {
  const bare = structuredClone(report);
  for (const { regimes } of bare.timeline!.windows) for (const row of regimes) delete row.pullMean;
  expect(figureOf(bare, 'timeline').words).not.toContain('mean pull');
  bare.timeline!.windows.length = 1;
  expect(timeline(bare)).toEqual([]);
  expect(timeline(makeReport({ events: 10 }))).toEqual([]);
});
