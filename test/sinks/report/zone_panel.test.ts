import { expect, test } from 'vitest';
import { variableScale } from '../../../sinks/report/variable_scale.js';
import { baselineOf, zonePanel } from '../../../sinks/report/zone_panel.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport } from '../../fixtures/report/make.js';

const report = withAnalysis(makeReport({ events: 3000 }));
const zone = report.dangerZone!;
const scale = variableScale(zone)!;
const panelOf = (quantity: 'raw' | 'sigma68' | 'pull', own = zone) =>
  zonePanel(report, own, quantity, scale, [592, 150]);
const words = (quantity: 'raw' | 'sigma68' | 'pull') => panelOf(quantity)!.entries.map(({ cells }) => cells[0]);

test('the baseline is the value of the line at the onset, whether it drifts or not', () => {
  expect(baselineOf([1, 2, 3], [5, 5, 9], 2.5)).toBe(5);
  expect(baselineOf([1, 2, 3], [5, 6, 9], 2.5)).toBe(6.5);
  expect(baselineOf([1, 2], [5, 9], 1.2)).toBe(5);
  expect(baselineOf([1], [5], 3)).toBe(5);
});

test('the legend says what each mark is, the onset and the tolerance', () => {
  expect(words('raw')).toEqual(['mean δ', 'fitted hinge', 'onset 310 +26 −14 GeV', 'tolerance ±0.005']);
  expect(words('sigma68')).toEqual(['σ68 of δ', 'r.m.s. of δ − E[δ|local]', 'the same as expected', 'no onset']);
  expect(words('pull').slice(0, 2)).toEqual(['declared model', 'learned model']);
});

test('the range holds the points and 0; a width begins there', () => {
  const bias = panelOf('raw')!.storey.y.domain;
  expect(bias[0]).toBeLessThan(-0.09);
  expect(bias[1]).toBeGreaterThan(0);
  expect(panelOf('sigma68')!.storey.y.domain[0]).toBe(0);
});

test('a quantity without a profile has no panel', () => {
  expect(panelOf('pull', { ...zone, profiles: zone.profiles.slice(0, 2) })).toBeNull();
  expect(panelOf('raw', { ...zone, profiles: [{ ...zone.profiles[0]!, centre: [] }] })).toBeNull();
});
