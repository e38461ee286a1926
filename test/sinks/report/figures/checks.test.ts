import { expect, test } from 'vitest';
import { checks } from '../../../../sinks/report/figures/checks.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const figure = figureOf(report, 'checks');

test('a line for each check over its threshold, in the panel of its quantity', () => {
  for (const name of ['cusum of bias, 1', 'page_hinkley of bias, 1', 'share_drift of share, all']) {
    expect(figure.marks(name)).toBe(1);
  }
  expect([...figure.root.querySelectorAll('[aria-description="threshold"]')]).toHaveLength(2);
  expect(figure.words).toContain('core of δ');
  expect(figure.words).toContain('shares');
  expect(figure.words).not.toContain('mean pull');
});

test('the wanted run length is told', () => {
  expect(figure.description).toContain('one false alarm of all checks together is wanted in 500 windows');
});

test('there is none without windows or without a threshold', () => {
  expect(checks(makeReport({ events: 10 }))).toEqual([]);
  const idle = structuredClone(report);
  for (const check of idle.timeline!.checks) check.threshold = 0;
  expect(checks(idle)).toEqual([]);
});
