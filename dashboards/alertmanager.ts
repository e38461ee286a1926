import { stringify } from 'yaml';
import type { AlertRule } from '../operators/alerts/types.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { alertRules } from './alert_rules.js';

/** Durations as Prometheus writes them. */
export interface Pace {
  /** How long a first notification waits for what else the same cause brings. */
  readonly wait: string;
  readonly interval: string;
  readonly repeat: string;
}

const PACE: Pace = { wait: '15s', interval: '1m', repeat: '12h' };

/**
 * Alertmanager's configuration: one notification for the alerts of an area of a pipeline, none for what a firing alert
 * explains (`inhibitedBy`), one when it is over. Alerts that another may explain have groups of their own, by area as well:
 * in the group of what explains them they would be listed as over with it, though nobody was told of them. Alerts of
 * severity info are on the page alone.
 */
export function alertmanagerConfig(pipelines: readonly Pipeline[], webhook: string, pace: Pace = PACE): string {
  const rules = pipelines.flatMap(alertRules);
  const explained = new Set(rules.flatMap(({ name, inhibitedBy = [] }) => (inhibitedBy.length > 0 ? [name] : [])));
  const config = {
    route: {
      receiver: 'webhook',
      group_by: ['pipeline', 'area'],
      group_wait: pace.wait,
      group_interval: pace.interval,
      repeat_interval: pace.repeat,
      routes: [
        { matchers: ['severity="info"'], receiver: 'page-only' },
        { matchers: [`alertname=~"${[...explained].join('|')}"`], receiver: 'webhook' },
      ],
    },
    inhibit_rules: inhibitions(rules),
    receivers: [{ name: 'webhook', webhook_configs: [{ url: webhook, send_resolved: true }] }, { name: 'page-only' }],
  };
  return stringify(config, { lineWidth: 0 });
}

/** By what explains and the labels that have to be the same, in the order of the rules. */
function inhibitions(rules: readonly AlertRule[]): object[] {
  const targets = new Map<string, { source: string; equal: readonly string[]; names: Set<string> }>();
  for (const { name, inhibitedBy = [] } of rules)
    for (const { name: source, equal } of inhibitedBy) {
      const key = [source, ...equal].join(' ');
      const found = targets.get(key) ?? { source, equal, names: new Set<string>() };
      targets.set(key, { ...found, names: found.names.add(name) });
    }
  return [...targets.values()].map(({ source, equal, names }) => ({
    source_matchers: [`alertname="${source}"`],
    target_matchers: [`alertname=~"${[...names].join('|')}"`],
    equal: ['pipeline', ...equal],
  }));
}
