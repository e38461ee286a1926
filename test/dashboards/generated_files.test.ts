import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generatedFiles } from '../../dashboards/generated_files.js';
import { alertRules } from '../../dashboards/alert_rules.js';
import { outlineOf } from '../support/dashboard_outline.js';
import { bundled, dilepton, parsed } from '../support/dashboards.js';

const folder = fileURLToPath(new URL('../../dashboards/generated/', import.meta.url));
const outlines = fileURLToPath(new URL('../fixtures/dashboards/', import.meta.url));
const pipelines = await bundled();

describe('dashboards/generated', () => {
  const files = generatedFiles(pipelines);
  test.each(files)('$file is what the pipelines give; npm run generate writes it anew', ({ file, text }) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });

  test('holds nothing else', () => {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(found.map(({ name }) => name).sort()).toEqual(files.map(({ file }) => file.replace(/^.*\//, '')).sort());
  });
});

// For those who review a change: what it does to each dashboard. `vitest -u` writes them anew.
test('the outlines are those of the dashboards', async () => {
  for (const dashboard of parsed(await dilepton()))
    await expect(outlineOf(dashboard)).toMatchFileSnapshot(join(outlines, `${dashboard.uid}.txt`));
});

test('the folder that Grafana reads is named once', () => {
  const [provisioning] = generatedFiles([]);
  expect(parse(provisioning!.text)).toMatchObject({
    apiVersion: 1,
    providers: [
      { name: 'regimewatch', type: 'file', allowUiUpdates: false, options: { path: expect.any(String) as string } },
    ],
  });
});

test('a pipeline that is given twice is refused', async () => {
  const pipeline = await dilepton();
  expect(() => generatedFiles([pipeline, pipeline])).toThrow('pipeline dilepton: given twice');
});

describe('a pipeline that is changed changes its dashboards', () => {
  const textOf = async (...overrides: string[]): Promise<string> => {
    const pipeline = await dilepton(...overrides);
    return generatedFiles([pipeline])
      .map(({ text }) => text)
      .join('');
  };

  test('a third context variable has its profile, its history and its onset', async () => {
    const mu =
      'context.mu={formula: gen_l1_pt / 2, title: μ, unit: interactions, bins: [60, 0, 60], report: [0, 20, 60]}';
    const titles = parsed(await dilepton(mu)).flatMap(({ panels }) => panels.map(({ title }) => title));
    const before = parsed(await dilepton()).flatMap(({ panels }) => panels.map(({ title }) => title));
    const added = ['Along μ', 'Bias against μ', 'σ68 against μ', 'Events against μ', 'Delivered bias by μ over time'];
    expect(titles.filter((title) => !before.includes(title)).sort()).toEqual(
      [...added, 'Onset along μ', 'Onset along μ'].sort(),
    );
    const text = await textOf(mu);
    expect(text).toContain(String.raw`variable=\"mu\", bin=\"20..60\"`);
    expect(text).toContain('"suffix:interactions"');
  });

  test('one context variable has no map of two', async () => {
    const titles = parsed(await dilepton('context.abs_deta=none')).flatMap(({ panels }) =>
      panels.map(({ title }) => title),
    );
    expect(titles).not.toContain('Bias by cell');
    expect(titles).toContain('Bias against H_T');
  });

  test('another name, title, unit and page are in every dashboard', async () => {
    const text = await textOf(
      'pipeline=other',
      'title=Other',
      'alerts.page=https://watch.example/',
      'context.H_T.unit=TeV',
    );
    expect(text).not.toContain('dilepton');
    expect(text).toContain('"Other: overview"');
    expect(text).toContain('"https://watch.example/"');
    expect(text).toContain('"suffix:TeV"');
    expect(text).toContain('"regimewatch-other-overview"');
  });

  test('limits are the dashed lines', async () => {
    const before = await textOf();
    for (const entry of ['bias', 'sigma68', 'significance', 'lag', 'rejected', 'checkpoint_seconds', 'probe'])
      expect(await textOf(`alerts.${entry}=0.123`.replace('lag=0.123', 'lag=123')), entry).not.toBe(before);
    const overview = parsed(await dilepton('alerts.bias=0.0123'))[0]!;
    const { fieldConfig } = overview.panels.find(({ title }) => title === 'Bias as delivered')!;
    expect(fieldConfig!.defaults['thresholds']).toMatchObject({
      steps: [{ value: null }, { value: -0.0123 }, { value: 0.0123 }],
    });
  });

  test('without truth there is no response to be shown, without a spectrum no peak', async () => {
    const text = await textOf('response=none', 'spectrum=none', 'correction=none');
    expect(text).not.toMatch(/regimewatch_(response|grid|context|locality|danger_zone)_/);
    expect(text).not.toContain('peak_position');
    expect(text).toContain('regimewatch_regime_share_ratio');
  });

  test('regimes are called as the stream calls them: no name is written down', async () => {
    const text = await textOf();
    expect(text).not.toMatch(/high H_T|low H_T/);
    for (const dashboard of parsed(await dilepton()))
      expect(dashboard.templating.list.find(({ name }) => name === 'regime')?.definition).toContain('regime_info');
  });

  test('every alert is in the rules beside them', async () => {
    const pipeline = await dilepton();
    const rules = generatedFiles([pipeline]).find(({ file }) => file === 'prometheus-rules.yaml')!.text;
    for (const { name } of alertRules(pipeline)) expect(rules).toContain(`alert: ${name}`);
  });
});
