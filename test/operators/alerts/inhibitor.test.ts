import { expect, test } from 'vitest';
import { inhibitorOf } from '../../../operators/alerts/inhibitor.js';
import { metric } from '../../../operators/alerts/conditions.js';
import type { AlertRule, AlertState } from '../../../operators/alerts/types.js';

const rule: AlertRule = {
  ...{ name: 'Target', severity: 'ticket', area: 'response', forSeconds: 0, summary: [], description: [] },
  when: metric('x'),
  inhibitedBy: [
    { name: 'Wide', equal: [] },
    { name: 'Narrow', equal: ['regime'] },
  ],
};
const state = (name: string, labels: Record<string, string>, more: Partial<AlertState> = {}): AlertState => ({
  ...{ rule: name, labels, state: 'firing', activeAt: 0, firedAt: 0, value: 1 },
  ...more,
});
const target = state('Target', { pipeline: 'p', regime: '3' });
const by = (...others: AlertState[]): string | null => inhibitorOf(target, rule, others);

test('a firing alert of the same pipeline explains it; a pending or a strange one does not', () => {
  expect(by()).toBeNull();
  expect(by(state('Wide', { pipeline: 'p', regime: '1' }))).toBe('Wide');
  expect(by(state('Wide', { pipeline: 'p' }, { state: 'pending', firedAt: null }))).toBeNull();
  expect(by(state('Wide', { pipeline: 'q' }))).toBeNull();
  expect(by(state('Other', { pipeline: 'p' }))).toBeNull();
});

test('the labels that are named have to be equal', () => {
  expect(by(state('Narrow', { pipeline: 'p', regime: '1' }))).toBeNull();
  expect(by(state('Narrow', { pipeline: 'p', regime: '3' }))).toBe('Narrow');
});
