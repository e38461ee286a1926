import { expect, test } from 'vitest';
import { dangerZone } from '../../../../sinks/report/figures/danger_zone.js';
import { withAnalysis } from '../../../fixtures/report/analysis.js';
import { makeReport } from '../../../fixtures/report/make.js';
import { figureOf } from '../drawn.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const ht = figureOf(report, 'danger_zone_H_T');

test('three panels on one axis: bias, width and mean pull', () => {
  for (const text of ['bias of δ', 'width of δ', 'mean pull', 'HT [GeV]']) expect(ht.words).toContain(text);
  for (const quantity of ['raw', 'sigma68', 'pull']) expect(ht.marks(`points of ${quantity}`)).toBe(14);
});

test('the onset of what has one: a line, its interval, the hinge and the tolerance', () => {
  const layers = (name: string) => [...ht.root.querySelectorAll(`[aria-description="${name}"]`)].length;
  expect(['onset', 'interval of the onset', 'tolerance'].map(layers)).toEqual([2, 2, 2]);
  expect(ht.marks('hinge of raw')).toBe(1);
  expect(ht.marks('hinge of sigma68')).toBe(0);
  expect(ht.words).toContain('onset 310 +26 −14 GeV');
  expect(ht.words).toContain('no onset');
  expect(ht.description).toContain('From H_T = 310 GeV on (95 %: 296 – 336 GeV) the bias leaves its baseline');
});

test('the local model: expected width beside the width, and pulls of the other model', () => {
  expect(ht.marks('expected width')).toBe(1);
  expect(ht.marks('points of sigma68, local model')).toBeGreaterThanOrEqual(5);
  expect(ht.marks('points of pull, local model')).toBeGreaterThanOrEqual(5);
  expect(ht.words).toContain('learned model');
});

test('one figure for each variable; none where the report has no zone or no point', () => {
  expect(dangerZone(report).map(({ name }) => name)).toEqual(['danger_zone_H_T', 'danger_zone_abs_deta']);
  expect(dangerZone(makeReport({ events: 10 }))).toEqual([]);
  const empty = report.dangerZones!.map((zone) => ({ ...zone, profiles: [] }));
  expect(dangerZone({ ...report, dangerZones: empty })).toEqual([]);
});

test('without the test of a local model the zones are drawn alone', () => {
  const alone = structuredClone(report);
  delete alone.locality;
  expect(figureOf(alone, 'danger_zone_H_T').marks('expected width')).toBe(0);
});
