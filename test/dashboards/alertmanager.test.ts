import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { alertRules } from '../../dashboards/alert_rules.js';
import { alertmanagerConfig } from '../../dashboards/alertmanager.js';
import { ruleFiles } from '../../dashboards/rule_files.js';
import { runTool, toolsOrSkip } from '../support/prometheus_tools.js';
import { bundled, everything } from '../support/rules_pipeline.js';
import { scratch } from '../support/scratch.js';

interface Config {
  readonly route: { readonly routes: readonly { matchers: string[]; receiver: string }[] };
  readonly inhibit_rules: readonly { source_matchers: string[]; target_matchers: string[]; equal: string[] }[];
  readonly receivers: readonly { name: string; webhook_configs?: { url: string; send_resolved: boolean }[] }[];
}

const pipelines = [everything(), bundled('ttbar'), bundled('dilepton-data')];
const text = alertmanagerConfig(pipelines, 'http://127.0.0.1:9095/hook');
const config = parse(text) as Config;

test('every inhibition of a rule is one here, once, within a pipeline', () => {
  const wanted = alertRules(everything()).flatMap(({ name, inhibitedBy = [] }) =>
    inhibitedBy.map((by) => `${by.name} > ${name}: ${['pipeline', ...by.equal].join()}`),
  );
  const found = config.inhibit_rules.flatMap(({ source_matchers: [source], target_matchers: [target], equal }) => {
    const by = /^alertname="(\w+)"$/.exec(source!)![1]!;
    const names = /^alertname=~"([\w|]+)"$/.exec(target!)![1]!.split('|');
    return names.map((name) => `${by} > ${name}: ${equal.join()}`);
  });
  expect(found.sort()).toEqual(wanted.sort());
  expect(config.inhibit_rules.length).toBe(new Set(config.inhibit_rules.map((rule) => JSON.stringify(rule))).size);
});

test('what explains is a rule, and does not end up explaining itself', () => {
  const rules = alertRules(everything());
  const names = rules.map(({ name }) => name);
  const explainedBy = (name: string): string[] =>
    (rules.find((rule) => rule.name === name)?.inhibitedBy ?? []).flatMap((by) => [by.name, ...explainedBy(by.name)]);
  for (const name of names) {
    expect(explainedBy(name)).not.toContain(name);
    for (const by of explainedBy(name)) expect(names).toContain(by);
  }
});

test('what may be explained is not in the group of what explains it', () => {
  const rules = alertRules(everything());
  const explained = rules.filter(({ inhibitedBy = [] }) => inhibitedBy.length > 0).map(({ name }) => name);
  const [, own] = config.route.routes;
  expect(own).toEqual({ matchers: [expect.stringMatching(/^alertname=~"[\w|]+"$/)], receiver: 'webhook' });
  const names = /"([\w|]+)"/.exec(own!.matchers[0]!)![1]!.split('|');
  expect(names.sort()).toEqual(explained.sort());
  for (const name of ['HighBias', 'Stall']) expect(names).not.toContain(name);
});

test('the webhook is told of the end as well; info is for the page alone', () => {
  expect(config.receivers).toEqual([
    { name: 'webhook', webhook_configs: [{ url: 'http://127.0.0.1:9095/hook', send_resolved: true }] },
    { name: 'page-only' },
  ]);
});

test('the files that are generated', () => {
  expect(ruleFiles(pipelines).map(({ file }) => file)).toEqual(['prometheus-rules.yaml', 'alertmanager.yaml']);
});

describe.skipIf(!toolsOrSkip('amtool'))('by amtool', () => {
  const file = join(scratch(), 'alertmanager.yaml');
  writeFileSync(file, text);

  test('the configuration is right', async () => {
    const { code, output } = await runTool('amtool', 'check-config', file);
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });

  test.each([
    ['page', 'webhook'],
    ['ticket', 'webhook'],
    ['info', 'page-only'],
  ])('an alert of severity %s goes to %s', async (severity, receiver) => {
    const labels = ['pipeline=dilepton', 'area=response', `severity=${severity}`];
    const { output } = await runTool('amtool', 'config', 'routes', 'test', `--config.file=${file}`, ...labels);
    expect(output.trim().split('\n').at(-1)).toBe(receiver);
  });
});
