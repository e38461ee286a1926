import { parser } from '@prometheus-io/lezer-promql';
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertRules } from '../../dashboards/alert_rules.js';
import { prometheusRules } from '../../dashboards/prometheus_rules.js';
import { selectorsOf } from '../../operators/alerts/selectors_of.js';
import type { Words } from '../../operators/alerts/types.js';
import { METRICS, PREFIX } from '../../schemas/metrics.js';
import { tableRowsOf } from '../support/markdown.js';
import { runTool, toolsOrSkip } from '../support/prometheus_tools.js';
import { bundled, everything } from '../support/rules_pipeline.js';
import { scratch } from '../support/scratch.js';
import { root } from '../support/shell.js';

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { alert?: string; expr: string; annotations?: Record<string, string> }[];
  }[];
}

const folder = scratch();
const tests = join(root, 'test/dashboards/promtool');
const files = readdirSync(tests).filter((file) => file.endsWith('.yaml'));
const pipelines = ['dilepton', 'dilepton-data', 'ttbar'].map((name) => bundled(name));
const names = alertRules(everything()).map(({ name }) => name);

test('every rule has its tests and its runbook, and no other', () => {
  expect(files.map((file) => basename(file, '.yaml')).sort()).toEqual([...names].sort());
  const runbooks = readdirSync(join(root, 'docs/runbooks')).map((file) => basename(file, '.md'));
  expect(runbooks.sort()).toEqual([...names].sort());
});

test('docs/alerts.md has every rule, with its severity', () => {
  const rows = tableRowsOf(readFileSync(join(root, 'docs/alerts.md'), 'utf8')).filter((row) => row.length === 4);
  expect(
    rows.map(([link = '', severity]) => `${/\[(\w+)\]/.exec(link)?.[1] ?? link} ${severity ?? ''}`).sort(),
  ).toEqual(
    alertRules(everything())
      .map(({ name, severity }) => `${name} ${severity}`)
      .sort(),
  );
});

test('a pipeline has the alerts of what it has', () => {
  const [dilepton, data] = pipelines.map((pipeline) => alertRules(pipeline).map(({ name }) => name));
  expect(names.filter((name) => !dilepton!.includes(name))).toEqual(['ProbeSensitivity']);
  expect(names.filter((name) => !data!.includes(name))).toEqual([
    ...['HighBias', 'Resolution', 'LocalityViolation', 'DangerZoneOnset', 'OnsetMovingDown', 'ProbeSensitivity'],
    ...['CorrectionRefused', 'CorrectionRolledBack', 'UnknownResponse'],
  ]);
  const rules = parse(prometheusRules(pipelines)) as RuleFile;
  expect(rules.groups.map(({ name }) => name)).toEqual(pipelines.map(({ pipeline }) => `regimewatch-${pipeline}`));
});

test('a limit of the pipeline is the limit of the rule, of its words and of its figure', () => {
  const [rule] = alertRules(bundled('dilepton', 'alerts.bias=0.0125'));
  expect(rule!.limit).toBe(0.0125);
  const text = prometheusRules([bundled('dilepton', 'alerts.bias=0.0125')]);
  expect(text).toContain('> 0.0125');
  expect(text).toContain('the limit is 1.25% and 5 errors');
});

type Part = Words[number];
function metricsIn(part: Part): readonly string[] {
  if (typeof part === 'string') return [];
  if ('metric' in part) return [part.metric];
  if ('estimate' in part) return part.estimate;
  return 'interval' in part ? part.interval : [];
}
const labelsIn = (part: Part): string[] =>
  typeof part === 'object' && 'same' in part ? [...Object.keys(part.labels), ...part.same] : [];

test('rules and words ask for metrics and labels that there are', () => {
  const known = new Map(
    Object.entries(METRICS).map(([name, { labels }]) => [PREFIX + name, ['pipeline', ...labels] as readonly string[]]),
  );
  for (const { name: alert, when, summary, description } of alertRules(everything())) {
    const said = [...summary, ...description].flatMap((part) =>
      metricsIn(part).map((name) => ({ name, labels: labelsIn(part) })),
    );
    const asked = selectorsOf(when).map(({ name, labels = {} }) => ({ name, labels: Object.keys(labels) }));
    for (const { name, labels } of [...asked, ...said]) {
      if (name === 'ALERTS' || name.includes(':')) continue;
      expect.soft(known.has(name), `${alert}: ${name}`).toBe(true);
      for (const label of labels) expect.soft(known.get(name), `${alert}: ${name}`).toContain(label);
    }
  }
});

test("every expression parses by the grammar of Prometheus' own editor", () => {
  const { groups } = parse(prometheusRules([...pipelines, everything()])) as RuleFile;
  for (const { expr } of groups.flatMap(({ rules }) => rules)) {
    let wrong = 0;
    parser.parse(expr).iterate({
      enter: ({ type }) => {
        if (type.isError) wrong++;
      },
    });
    expect.soft(wrong, expr).toBe(0);
  }
});

test('every alert says what, where, how much, and where to go on', () => {
  const { groups } = parse(prometheusRules([everything()])) as RuleFile;
  for (const { alert, annotations } of groups[0]!.rules.filter((one) => one.alert !== undefined)) {
    expect(Object.keys(annotations!)).toEqual(['summary', 'description', 'page', 'runbook_url']);
    expect(annotations!['page']).toMatch(/^http:\/\/127\.0\.0\.1:8765\/#tab=/);
    expect(existsSync(join(root, annotations!['runbook_url']!)), alert).toBe(true);
  }
});

describe.skipIf(!toolsOrSkip('promtool'))('by promtool', () => {
  writeFileSync(join(folder, 'rules.yaml'), prometheusRules([everything()]));
  writeFileSync(join(folder, 'all.yaml'), prometheusRules(pipelines));

  test('the rules are right', async () => {
    const { code, output } = await runTool('promtool', 'check', 'rules', join(folder, 'all.yaml'));
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });

  test.each(files)('%s: it fires when it should, and does not when it should not', async (file) => {
    copyFileSync(join(tests, file), join(folder, file));
    const { code, output } = await runTool('promtool', 'test', 'rules', join(folder, file));
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });
});
