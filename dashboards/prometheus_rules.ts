import { stringify } from 'yaml';
import { promql } from '../operators/alerts/promql.js';
import type { AlertRule } from '../operators/alerts/types.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { alertRules } from './alert_rules.js';
import { pageLink } from './page_link.js';
import { recordingRules } from './recording_rules.js';
import { templateOf } from './template_of.js';

/**
 * The rules of these pipelines as a rule file of Prometheus: a group each, first what is recorded, then the alerts, in the
 * order in which the program itself evaluates them.
 */
export function prometheusRules(pipelines: readonly Pipeline[]): string {
  const groups = pipelines.map((pipeline) => ({
    name: `regimewatch-${pipeline.pipeline}`,
    rules: [
      ...recordingRules(pipeline).map(({ record, is }) => ({
        ...{ record, expr: promql(is) },
        labels: { pipeline: pipeline.pipeline },
      })),
      ...alertRules(pipeline).map((rule) => alertingRule(rule, pipeline)),
    ],
  }));
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}

function alertingRule(rule: AlertRule, { pipeline, alerts: { page, runbooks } }: Pipeline): object {
  const { name, when, forSeconds, severity, area, summary, description } = rule;
  return {
    ...{ alert: name, expr: promql(when) },
    ...(forSeconds > 0 ? { for: `${Math.round(forSeconds * 1000)}ms` } : {}),
    // The pipeline is on every sample; said here, the rules of two pipelines are two to promtool as well.
    labels: { pipeline, severity, area },
    annotations: {
      summary: templateOf(summary),
      description: templateOf(description),
      page: templateOf(pageLink(page, rule)),
      runbook_url: `${runbooks}${name}.md`,
    },
  };
}
