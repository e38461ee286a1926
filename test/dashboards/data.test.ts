import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../../schemas/pipeline.js';
import { startRun, type DashboardRun, type Series } from '../support/dashboard_run.js';
import { dilepton, filledIn, parsed, queriesOf, type PanelJson } from '../support/dashboards.js';
import { shownTable, type Frame } from '../support/grafana_tables.js';
import { toolsOrSkip } from '../support/prometheus_tools.js';
import { scratch } from '../support/scratch.js';

const VALUES = { pipeline: 'dilepton', regime: '.+', probe: '.+', instance: '.+' };
const expand = (expr: string): string => filledIn(expr, VALUES, 1);

const folder = scratch();

describe.skipIf(!toolsOrSkip('prometheus'))('a Prometheus that scraped a run with drift', () => {
  let pipeline: Pipeline;
  let run: DashboardRun;
  beforeAll(async () => {
    // The bins of the simulated windows.
    pipeline = await dilepton(
      'context.H_T.report=[0, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000]',
      'late_truth.columns=[gen_l1_pt]',
      'pipeline=dilepton',
    );
    run = await startRun(pipeline, folder);
  });
  afterAll(async () => {
    await run.stop();
  });

  const known = (series: readonly Series[]): boolean =>
    series.some(({ values }) => values.some(([, value]) => Number.isFinite(value)));
  const panelOf = (title: string): PanelJson =>
    parsed(pipeline)
      .flatMap(({ panels }) => panels)
      .find((panel) => panel.title === title)!;

  test('every query of a panel returns data, those of tables and stats at an instant', async () => {
    const empty: string[] = [];
    for (const { uid, panels } of parsed(pipeline))
      for (const { title, targets = [] } of panels)
        for (const { refId, expr, instant } of targets) {
          const found = instant
            ? [await run.instant(expand(expr), run.bad), await run.instant(expand(expr), run.end)]
            : [await run.range(expand(expr))];
          if (!found.some(known)) empty.push(`${uid}: ${title} ${refId}: ${expand(expr)}`);
        }
    expect(empty).toEqual([]);
  });

  test('every annotation and variable does', async () => {
    const empty: string[] = [];
    for (const { where, expr } of parsed(pipeline)
      .flatMap(queriesOf)
      .filter(({ where }) => /annotation|variable/.test(where)))
      if (!known(await run.range(expand(expr)))) empty.push(`${where}: ${expand(expr)}`);
    expect(empty).toEqual([]);
  });

  const shown = async (title: string, time: number): Promise<Frame> => {
    const panel = panelOf(title);
    return shownTable(panel, await Promise.all(panel.targets!.map(({ expr }) => run.instant(expand(expr), time))));
  };
  const column = ({ fields }: Frame, name: string) => fields.find((field) => field.name === name)!.values;

  test('the verdict is bad while it drifts, and names the regimes', async () => {
    const verdict = (title: string, time: number) => run.instant(expand(panelOf(title).targets![0]!.expr), time);
    expect((await verdict('Verdict', run.bad))[0]!.values[0]![1]).toBe(3);
    const bad = (await verdict('Verdict by regime', run.bad)).filter(({ values }) => values[0]![1] === 3);
    expect(bad.map(({ metric }) => metric['label']).sort()).toEqual(['high H_T, close', 'high H_T, wide']);
    // Still learning: too little is known, and that is not good.
    expect((await verdict('Verdict', run.start + 1.2))[0]!.values[0]![1]).toBe(0);
  });

  test('the table of regimes has a row a regime, each number with its error', async () => {
    const table = await shown('Regimes now', run.bad);
    const heads = [
      'Regime',
      'Called',
      'Verdict',
      'Events',
      'Share',
      '± share',
      'Bias',
      '± bias',
      '|Bias|',
      'σ68',
      '± σ68',
    ];
    expect(table.fields.map(({ name }) => name)).toEqual([...heads, 'σ68 growth']);
    expect([...column(table, 'Regime')].sort()).toEqual(['0', '1', '2', '3']);
    expect(table.fields.flatMap(({ values }) => values)).not.toContain(null);
    const high = column(table, 'Called').indexOf('high H_T, wide');
    const [bias, error] = [Number(column(table, 'Bias')[high]), Number(column(table, '± bias')[high])];
    expect(bias).toBeLessThan(-0.005);
    expect(Math.abs(bias)).toBeGreaterThan(5 * error);
  });

  test('the table of alerts says which fire in which regime, since when', async () => {
    const table = await shown('Alerts', run.bad);
    expect(table.fields.map(({ name }) => name).slice(0, 5)).toEqual([
      'Alert',
      'Regime',
      'Called',
      'Severity',
      'Since',
    ]);
    const row = column(table, 'Alert').findIndex(
      (name, i) => name === 'HighBias' && column(table, 'Regime')[i] === '3',
    );
    expect(column(table, 'Called')[row]).toBe('high H_T, wide');
    const since = Number(column(table, 'Since')[row]) / 1000;
    expect(since).toBeGreaterThan(run.start + 4);
    expect(since).toBeLessThan(run.bad);
    expect(column(table, 'Alert').length).toBe(
      new Set(table.fields[0]!.values.map((name, i) => `${name} ${column(table, 'Regime')[i]}`)).size,
    );
  });

  test('the heat map has its bins in order, along both axes, and their names', async () => {
    const panel = panelOf('Bias by cell');
    const { fields } = await shown('Bias by cell', run.bad);
    const [corner, ...cells] = fields;
    const lows = cells.map(({ name }) => Number(name.split(' – ')[0]));
    expect(lows).toEqual([...lows].sort((a, b) => a - b));
    expect(lows.length).toBeGreaterThan(6);
    const rows = corner!.values.map(Number);
    expect(rows).toEqual([...rows].sort((a, b) => b - a));
    const override = panel.fieldConfig!.overrides.find(({ matcher }) => matcher.options === corner!.name)!;
    const [mapping] = override.properties.find(({ id }) => id === 'mappings')!.value as [{ options: object }];
    expect(Object.keys(mapping.options)).toEqual(expect.arrayContaining(rows.map(String)));
    const hard = cells.filter(({ name }) => Number(name.split(' – ')[0]) >= 300).flatMap(({ values }) => values);
    const known = hard.filter((value) => value !== null).map(Number);
    expect(known.reduce((sum, value) => sum + value, 0) / known.length).toBeLessThan(-0.005);
  });

  test('a profile rises along its axis, and raw and corrected differ once a correction is in effect', async () => {
    const title = 'Bias against H_T';
    const bad = await shown(title, run.bad);
    const lows = column(bad, panelOf(title).options!['xField'] as string).map(Number);
    expect(lows).toEqual([0, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000].slice(0, lows.length));
    expect(column(bad, 'raw')).toEqual(column(bad, 'corrected'));
    const after = await shown(title, run.end);
    const at = column(after, 'H_T').indexOf(300);
    expect(Math.abs(Number(column(after, 'corrected')[at]))).toBeLessThan(Math.abs(Number(column(after, 'raw')[at])));
    for (const [i, value] of column(after, 'raw').entries()) {
      const [low, high] = [column(after, 'raw, lower')[i], column(after, 'raw, upper')[i]];
      if (low !== null) expect(Number(low)).toBeLessThan(Number(value));
      if (high !== null) expect(Number(high)).toBeGreaterThan(Number(value));
    }
  });
});
