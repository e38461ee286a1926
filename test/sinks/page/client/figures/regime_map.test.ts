import { expect, it } from 'vitest';
import { regimeMap } from '../../../../../sinks/page/client/figures/regime_map.js';
import { drawn, viewOf } from './page_figures.js';

const count = (node: Element, name: string): number =>
  node.querySelectorAll(`g[aria-description="${name}"] > *`).length;

it('gives each cell to the regime that most of its events have, over the selected windows', () => {
  const view = viewOf();
  const figure = drawn(regimeMap, view)!;
  const cells = new Map<string, Map<number, number>>();
  for (const { report } of view.windows.slice(14, 19))
    for (const { x, y, regimes } of report.grid!.cells) {
      const sums = cells.get(`${x} ${y}`) ?? new Map<number, number>();
      cells.set(`${x} ${y}`, sums);
      for (const [regime, n] of regimes!) sums.set(regime, (sums.get(regime) ?? 0) + n);
    }
  expect(figure.rows).toHaveLength(cells.size);
  const { xEdges, yEdges } = view.windows[14]!.report.grid!;
  for (const [place, sums] of cells) {
    const [x, y] = place.split(' ').map(Number) as [number, number];
    const row = figure.rows.find((one) => one['H_T [GeV] from'] === xEdges[x] && one['|Δη| from'] === yEdges[y])!;
    const n = [...sums.values()].reduce((a, b) => a + b, 0);
    expect(row.events).toBe(n);
    expect(sums.get(row.regime as number)).toBe(Math.max(...sums.values()));
    expect(row['share [%]']).toBeCloseTo((100 * Math.max(...sums.values())) / n, 10);
    expect(row['share low [%]'] as number).toBeLessThan(row['share [%]'] as number);
  }
  const few = figure.rows.filter((row) => (row.events as number) < 10).length;
  expect(count(figure.node, 'few events')).toBe(few);
  expect(count(figure.node, 'cells')).toBe(cells.size - few);
  expect(count(figure.node, 'borders')).toBeGreaterThan(0);
  expect(count(figure.node, 'centres')).toBe(new Set(figure.rows.map((row) => row.regime)).size);
  expect(figure.summary).toMatch(
    /^Regimes in \d+ cells of [\d,]+ events \(\d+ events beyond the edges\), windows 114–118: 0 /,
  );
});

it('outlines the regime that is chosen', () => {
  expect(count(drawn(regimeMap, viewOf())!.node, 'chosen regime')).toBe(0);
  expect(count(drawn(regimeMap, viewOf(undefined, { regime: 1 }))!.node, 'chosen regime')).toBeGreaterThan(3);
});

it('is not drawn with one context variable, or of reports that do not tell regimes by cell', () => {
  expect(drawn(regimeMap, viewOf({ windows: 20, context: ['H_T'] }))).toBeNull();
  const view = viewOf();
  const old = view.windows.map((window) => {
    const { grid, ...report } = window.report;
    const cells = grid!.cells.map(({ x, y, n, core }) => ({ x, y, n, core }));
    return { ...window, report: { ...report, grid: { ...grid!, cells } } };
  });
  expect(drawn(regimeMap, { ...view, windows: old })).toBeNull();
});
