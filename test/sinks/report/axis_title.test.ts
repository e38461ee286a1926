import { expect, test } from 'vitest';
import { axisTitle, binTitle, binWidth, filledWith } from '../../../sinks/report/axis_title.js';

test('a title has its unit, if there is one', () => {
  expect(axisTitle({ title: 'H_T', unit: 'GeV' })).toBe('H_T [GeV]');
  expect(axisTitle({ title: '|Δη|', unit: null })).toBe('|Δη|');
});

test('the width that all bins share', () => {
  expect(binWidth([60, 60.5, 61])).toBe(0.5);
  // 0.1 + 0.2 is not 0.3: rounding does not make bins unequal.
  expect(binWidth([0, 0.1, 0.1 + 0.2 - 0.1, 0.1 + 0.2])).toBeCloseTo(0.1, 12);
  expect(binWidth([0, 20, 60])).toBeNull();
});

test('what a bin holds is said with its width', () => {
  expect(binTitle(filledWith(null), { edges: [60, 60.5, 61], unit: 'GeV' })).toBe('Events / 0.5 GeV');
  expect(binTitle(filledWith('weight_pb'), { edges: [0, 0.2, 0.4], unit: null })).toBe('Sum of weights / 0.2');
  expect(binTitle('Events', { edges: [0, 20, 60], unit: 'GeV' })).toBe('Events / bin');
});
