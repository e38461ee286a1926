import { expect, test } from 'vitest';
import { alertSamples } from '../../../operators/alerts/alert_samples.js';
import { metric } from '../../../operators/alerts/conditions.js';
import type { AlertRule, AlertState } from '../../../operators/alerts/types.js';

const rule = (name: string): AlertRule => ({
  ...{ name, severity: 'ticket', area: 'data', when: metric('a'), forSeconds: 0, summary: [], description: [] },
});
const state = (of: string, x: string, firing: boolean): AlertState => ({
  ...{ rule: of, labels: { x }, state: firing ? 'firing' : 'pending', activeAt: 5 },
  ...{ firedAt: firing ? 5 : null, value: 0.3 },
});

test('one sample an alert, 1, with the labels that Prometheus gives it, in the order of the rules', () => {
  const states = [state('B', '1', true), state('A', '2', false), state('gone', '3', true)];
  expect(alertSamples([rule('A'), rule('B')], states)).toEqual([
    {
      name: 'ALERTS',
      labels: { x: '2', alertname: 'A', alertstate: 'pending', severity: 'ticket', area: 'data' },
      value: 1,
    },
    {
      name: 'ALERTS',
      labels: { x: '1', alertname: 'B', alertstate: 'firing', severity: 'ticket', area: 'data' },
      value: 1,
    },
  ]);
});
