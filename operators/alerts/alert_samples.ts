import type { AlertRule, AlertState, Sample } from './types.js';

/** Alerts as Prometheus writes them: `ALERTS{alertname, alertstate, severity, area, ...}` is 1. */
export const alertSamples = (rules: readonly AlertRule[], states: readonly AlertState[]): Sample[] =>
  rules.flatMap(({ name, severity, area }) =>
    states
      .filter(({ rule }) => rule === name)
      .map(({ labels, state }) => ({
        name: 'ALERTS',
        labels: { ...labels, alertname: name, alertstate: state, severity, area },
        value: 1,
      })),
  );
