import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { alertRules } from '../../dashboards/alert_rules.js';
import { pageLink } from '../../dashboards/page_link.js';
import { prometheusRules } from '../../dashboards/prometheus_rules.js';
import { recordingRules } from '../../dashboards/recording_rules.js';
import { alertSamples } from '../../operators/alerts/alert_samples.js';
import { withRecords } from '../../operators/alerts/evaluate_records.js';
import { evaluateRules } from '../../operators/alerts/evaluate_rules.js';
import type { AlertRule, AlertState, Scrape } from '../../operators/alerts/types.js';
import { wordsOf } from '../../operators/alerts/words_of.js';
import { runTool, toolsOrSkip } from '../support/prometheus_tools.js';
import { randomSeries, scrapesOf, seriesText } from '../support/random_series.js';
import { everything } from '../support/rules_pipeline.js';
import { scratch } from '../support/scratch.js';

const folder = scratch();
const STEP = 15;
const LENGTH = 80;
const SEEDS = 8;

const pipeline = everything('alerts.silent_seconds=90', 'alerts.for_seconds=30', 'alerts.checkpoint_seconds=90');
const rules = alertRules(pipeline);
const { page, runbooks } = pipeline.alerts;

function shown(state: AlertState, rule: AlertRule, scrape: Scrape): object {
  return {
    exp_labels: { ...state.labels, severity: rule.severity, area: rule.area },
    exp_annotations: {
      summary: wordsOf(rule.summary, state, scrape),
      description: wordsOf(rule.description, state, scrape),
      page: wordsOf(pageLink(page, rule), state, scrape),
      runbook_url: `${runbooks}${rule.name}.md`,
    },
  };
}

const alertsText = ({ labels }: AlertState, { name, severity, area }: AlertRule): string =>
  `ALERTS{${Object.entries({ ...labels, alertname: name, alertstate: 'pending', severity, area })
    .map(([label, text]) => `${label}=${JSON.stringify(text)}`)
    .join(', ')}}`;

/** What this program says of random series at every instant, as a test of promtool; and how often each alert fired. */
function groupOf(seed: number, fired: Map<string, number>): object {
  const series = randomSeries(pipeline, seed, LENGTH, STEP);
  const scrapes = scrapesOf(series, LENGTH, STEP);
  let states: AlertState[] = [];
  const alertTests: object[] = [];
  const expressions: object[] = [];
  const past: Scrape[] = [];
  for (let i = 0; i < LENGTH; i++) {
    const now = withRecords(recordingRules(pipeline), [...past, scrapes[i]!]);
    states = evaluateRules(rules, states, [...past, now]);
    past.push({ ...now, samples: [...now.samples, ...alertSamples(rules, states)] });
    const at = `${i * STEP}s`;
    for (const rule of rules) {
      const own = states.filter((one) => one.rule === rule.name);
      const firing = own.filter((one) => one.state === 'firing');
      fired.set(rule.name, (fired.get(rule.name) ?? 0) + firing.length);
      const alerts = firing.map((one) => shown(one, rule, now));
      alertTests.push({ eval_time: at, alertname: rule.name, exp_alerts: alerts });
    }
    const waiting = states.filter(({ state }) => state === 'pending');
    expressions.push({
      ...{ expr: 'ALERTS{alertstate="pending"}', eval_time: at },
      exp_samples: waiting.map((one) => ({
        labels: alertsText(
          one,
          rules.find(({ name }) => name === one.rule)!,
        ),
        value: 1,
      })),
    });
  }
  return {
    ...{ name: `seed ${seed}`, interval: `${STEP}s`, input_series: series.map(seriesText) },
    ...{ alert_rule_test: alertTests, promql_expr_test: expressions },
  };
}

describe.skipIf(!toolsOrSkip('promtool'))('with the real Prometheus', () => {
  test('random series: the same alerts, words and all, at every instant', async () => {
    const fired = new Map<string, number>();
    writeFileSync(join(folder, 'rules.yaml'), prometheusRules([pipeline]));
    const tests = Array.from({ length: SEEDS }, (_, seed) => groupOf(seed + 1, fired));
    const file = join(folder, 'tests.yaml');
    const head = { rule_files: ['rules.yaml'], evaluation_interval: `${STEP}s` };
    writeFileSync(file, stringify({ ...head, tests }, { lineWidth: 0, aliasDuplicateObjects: false }));
    const { code, output } = await runTool('promtool', 'test', 'rules', file);
    expect(output.slice(0, 4000)).toContain('SUCCESS');
    expect(code).toBe(0);
    // The series are such that every alert is met, and is quiet at times.
    for (const { name } of rules) expect.soft(fired.get(name), name).toBeGreaterThan(0);
  });
});
