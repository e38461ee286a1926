import { expect, test } from 'vitest';
import { online } from '../../../../sinks/report/figures/online.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));

test('before and after in every window, and where another version came into effect', () => {
  const figure = figureOf(report, 'online');
  expect(figure.marks('points of raw')).toBe(12);
  expect(figure.marks('points of corrected')).toBe(12);
  expect(figure.marks('versions')).toBe(1);
  expect(figure.description).toContain('(memory: cumulative); the version in effect changed 1 times');
});

test('there is none where nothing is refitted', () => {
  const fixed = structuredClone(report);
  delete fixed.timeline!.online;
  expect(online(fixed)).toEqual([]);
  expect(online(makeReport({ events: 10 }))).toEqual([]);
});
