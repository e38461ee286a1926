import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { composeAlertmanager } from '../../schemas/generate.js';
import { runTool, toolsOrSkip } from '../support/prometheus_tools.js';
import { scratch } from '../support/scratch.js';
import { namesIn, root, serviceOf, textOf, yamlOf } from './files.js';

const folder = scratch();

test("Alertmanager's configuration is what `npm run generate` makes", async () => {
  expect(textOf('docker/alertmanager/alertmanager.yaml')).toBe(await composeAlertmanager(new URL('pipelines/', root)));
});

describe('Grafana', () => {
  const mounts = new Map(serviceOf('grafana').volumes!.map((volume) => volume.split(':') as [string, string]));
  const datasources = yamlOf('docker/grafana/datasource.yaml') as {
    datasources: { type: string; uid: string; url: string; isDefault: boolean }[];
  };
  const providers = yamlOf('dashboards/generated/grafana-dashboards.yaml') as {
    providers: { type: string; options: { path: string } }[];
  };
  const dashboards = namesIn('dashboards/generated/grafana', '.json').map((name) => {
    const json = JSON.parse(textOf(`dashboards/generated/grafana/${name}`)) as { uid: string };
    return { name, uid: json.uid, text: JSON.stringify(json) };
  });

  test('has one data source: Prometheus where it listens', () => {
    expect(datasources.datasources).toMatchObject([
      { type: 'prometheus', url: 'http://prometheus:9090', isDefault: true },
    ]);
    expect(serviceOf('prometheus').ports).toEqual(['127.0.0.1:9090:9090']);
  });

  test('reads provisioning from the folders of Grafana, and dashboards where they are mounted', () => {
    expect(mounts.get('./grafana/datasource.yaml')).toMatch(/^\/etc\/grafana\/provisioning\/datasources\//);
    expect(mounts.get('../dashboards/generated/grafana-dashboards.yaml')).toMatch(
      /^\/etc\/grafana\/provisioning\/dashboards\//,
    );
    expect(providers.providers.map(({ options }) => options.path)).toEqual([
      mounts.get('../dashboards/generated/grafana'),
    ]);
  });

  test('begins with a dashboard that there is', () => {
    const home = serviceOf('grafana').environment!['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']!;
    const path = mounts.get('../dashboards/generated/grafana')!;
    expect(dashboards.map(({ name }) => `${path}/${name}`)).toContain(home);
  });

  test('has dashboards whose links lead to dashboards', () => {
    const uids = dashboards.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
    for (const { text, name } of dashboards) {
      for (const [, uid] of text.matchAll(/"\/d\/([a-z0-9_-]+)/g)) expect(uids, name).toContain(uid);
      expect(text, name).not.toMatch(/"uid":"(?!\$\{datasource\}|regimewatch-|-- Grafana --|grafana)[^"]+"/);
    }
  });
});

test.skipIf(!toolsOrSkip('promtool'))('promtool takes the configuration of Prometheus with the rules', async () => {
  // The paths of the container, in a folder.
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rules', 'regimewatch.yaml'), textOf('dashboards/generated/prometheus-rules.yaml'));
  const config = textOf('docker/prometheus/prometheus.yml').replace('/etc/prometheus', folder);
  writeFileSync(join(folder, 'prometheus.yml'), config);
  const { code, output } = await runTool('promtool', 'check', 'config', join(folder, 'prometheus.yml'));
  expect(code, output).toBe(0);
  expect(output).toContain('1 rule files found');
});

test.skipIf(!toolsOrSkip('amtool'))('amtool takes the configuration of Alertmanager', async () => {
  const file = new URL('docker/alertmanager/alertmanager.yaml', root).pathname;
  const { code, output } = await runTool('amtool', 'check-config', file);
  expect(code, output).toBe(0);
});
