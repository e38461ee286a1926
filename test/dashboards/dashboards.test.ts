import { expect, test } from 'vitest';
import { grafanaDashboards } from '../../dashboards/dashboards.js';
import { KINDS, uidOf } from '../../dashboards/grafana/names.js';
import { planeBins } from '../../runtime/live/plane_bins.js';
import { reportEdges as reported } from '../../runtime/observations.js';
import { reportEdges } from '../../dashboards/grafana/bins.js';
import { bundled, dilepton, parsed, type DashboardJson, type PanelJson } from '../support/dashboards.js';
import { dashboardModel } from '../support/dashboard_model.js';

const pipelines = await bundled();
const all: [string, DashboardJson][] = pipelines.flatMap(parsed).map((one) => [one.uid, one]);
const drawn = ({ panels }: DashboardJson): PanelJson[] =>
  panels.filter(({ type }) => type !== 'row' && type !== 'text');

test.each(all)('%s is as Grafana reads it', (_, dashboard) => {
  expect(dashboardModel.safeParse(dashboard).error?.issues ?? []).toEqual([]);
});

test.each(all)('%s: no panels overlap, none is beyond the grid, and no number is given twice', (_, { panels }) => {
  const taken = new Map<string, string>();
  const overlaps: string[] = [];
  for (const {
    title,
    gridPos: { x, y, w, h },
  } of panels) {
    expect(x + w).toBeLessThanOrEqual(24);
    for (let i = x; i < x + w; i++)
      for (let j = y; j < y + h; j++) {
        const other = taken.get(`${i} ${j}`);
        if (other !== undefined) overlaps.push(`${title} and ${other} at ${i}, ${j}`);
        taken.set(`${i} ${j}`, title);
      }
  }
  expect(overlaps).toEqual([]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test('dashboards have names of their own, that Grafana takes', async () => {
  expect(new Set(all.map(([uid]) => uid)).size).toBe(pipelines.length * KINDS.length);
  const long = await dilepton(`pipeline=${'long'.repeat(12)}`);
  const other = await dilepton(`pipeline=${'long'.repeat(13)}`);
  for (const kind of KINDS) {
    expect(uidOf(long, kind)).toHaveLength(40);
    expect(uidOf(long, kind)).not.toBe(uidOf(other, kind));
  }
});

// The rules of grafana/dashboard-linter; those on job and instance are on the pipeline here (queries.test.ts).
test.each(all)('%s keeps the rules of the linter', (_, dashboard) => {
  const { templating, annotations } = dashboard;
  const variable = (name: string) => templating.list.find((one) => one.name === name) as Record<string, unknown>;
  expect(variable('datasource')).toMatchObject({ type: 'datasource', query: 'prometheus', label: 'Data source' });
  for (const { name, type } of templating.list)
    if (type === 'query')
      expect(variable(name)).toMatchObject({ datasource: { uid: '${datasource}' }, refresh: 2, includeAll: true });
  expect(dashboard).toMatchObject({ editable: false });
  for (const { datasource } of annotations.list) expect(datasource.uid).toBe('${datasource}');
  const titles = drawn(dashboard).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  for (const { title, description, datasource, targets, fieldConfig } of drawn(dashboard)) {
    expect(description, title).toMatch(/\.$|\/$/);
    expect(datasource?.uid, title).toBe('${datasource}');
    expect(fieldConfig?.defaults['unit'], title).toBeTypeOf('string');
    expect(new Set(targets!.map(({ refId }) => refId)).size, title).toBe(targets!.length);
    for (const { expr, datasource: own } of targets!) {
      expect(own.uid, title).toBe('${datasource}');
      for (const [call, range] of expr.matchAll(/(?:rate|increase|irate)\([^[]*\[([^\]]*)\]/g))
        expect(range, `${title}: ${call}`).toBe('$__rate_interval');
      for (const [whole] of expr.matchAll(/\b\w+_total\b(?=\{)[^[]*?\}(?!\[)/g))
        if (!whole.includes('corrections_total')) expect(expr, `${title}: a counter as it is`).toMatch(/rate|sum by/);
    }
  }
});

test.each(all)('%s has its links, and every variable that it uses', (_, dashboard) => {
  const json = JSON.stringify(dashboard);
  const names = dashboard.templating.list.map(({ name }) => name);
  const used = [...json.matchAll(/\$(?:\{(\w+)[.:}]|(\w+))/g)].map(([, braced, bare]) => braced ?? bare!);
  const builtIn = /^(__\w+|\d)$/;
  expect([...new Set(used)].filter((name) => !names.includes(name) && !builtIn.test(name))).toEqual([]);
  const uids = all.map(([uid]) => uid);
  const others = KINDS.filter((kind) => !dashboard.tags.includes(kind));
  expect(dashboard.links.map(({ title }) => title)).toEqual([...others, 'Other pipelines', 'Live page']);
  for (const { url } of dashboard.links) if (url?.startsWith('/d/')) expect(uids).toContain(url.slice(3));
  for (const [, uid] of json.matchAll(/\/d\/([\w-]+)\?/g)) expect(uids).toContain(uid);
});

test.each(all)('%s: what is written over is there', (_, dashboard) => {
  for (const { title, targets = [], transformations = [], fieldConfig } of drawn(dashboard)) {
    const renamed = transformations.flatMap(({ options }) =>
      Object.values((options['renameByName'] ?? {}) as Record<string, string>),
    );
    const names = [...renamed, ...targets.map(({ legendFormat }) => legendFormat), 'y_low\\x'];
    for (const { matcher, properties } of fieldConfig!.overrides) {
      expect(names, title).toContain(matcher.options);
      for (const { id, value } of properties) if (id === 'custom.fillBelowTo') expect(names, title).toContain(value);
    }
  }
});

test.each(all)('%s: what is not known has not the colour of what is good', (_, dashboard) => {
  const unknown = { type: 'special', options: { match: 'null+nan', result: expect.anything() as unknown } };
  for (const { title, type, fieldConfig } of drawn(dashboard)) {
    if (type === 'stat') expect(fieldConfig!.defaults['mappings'], title).toContainEqual(unknown);
    for (const { properties } of fieldConfig!.overrides)
      if (properties.some(({ id }) => id === 'thresholds'))
        expect(properties.find(({ id }) => id === 'mappings')!.value, title).toContainEqual(unknown);
  }
});

test('the same pipeline gives the same bytes', async () => {
  const [once, again] = [await dilepton(), await dilepton()];
  expect(grafanaDashboards(again)).toEqual(grafanaDashboards(once));
});

test('bins are those in which a window quotes the response', () => {
  for (const pipeline of pipelines) {
    for (const variable of Object.values(pipeline.context)) expect(reportEdges(variable)).toEqual(reported(variable));
    expect(planeBins(pipeline)?.y.edges).toEqual(reportEdges(Object.values(pipeline.context)[1]!));
  }
});
