import type { Pipeline } from '../schemas/pipeline.js';
import { alertmanagerConfig } from './alertmanager.js';
import { prometheusRules } from './prometheus_rules.js';

/** Where notifications go unless the operator says otherwise. */
export const WEBHOOK = 'http://127.0.0.1:9095/';

/** What Prometheus and Alertmanager read, by file name: what dashboards/generated/ holds. */
export const ruleFiles = (
  pipelines: readonly Pipeline[],
  webhook: string = WEBHOOK,
): { readonly file: string; readonly text: string }[] => [
  { file: 'prometheus-rules.yaml', text: prometheusRules(pipelines) },
  { file: 'alertmanager.yaml', text: alertmanagerConfig(pipelines, webhook) },
];
