import { expect, it } from 'vitest';
import { bias } from '../../../../../sinks/page/client/figures/bias.js';
import { drawn, viewOf } from './page_figures.js';

it('shows the events of all selected windows, weighted by their number, in per cent', () => {
  const view = viewOf();
  const figure = drawn(bias, view)!;
  const rows = view.windows
    .slice(14, 19)
    .map(({ report }) => report.byContext.find(({ variable, low }) => variable === 'H_T' && low === 400)!);
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const mean = rows.reduce((sum, row) => sum + row.n * row.core.value!, 0) / n;
  const error = Math.sqrt(rows.reduce((sum, row) => sum + (row.n * row.core.error!) ** 2, 0)) / n;
  const shown = figure.rows.find(
    (row) => row.variable === 'H_T' && row['from GeV'] === 400 && row.series !== 'reference',
  )!;
  expect(shown.events).toBe(n);
  expect(shown['mean core of δ [%]']).toBeCloseTo(100 * mean, 10);
  expect(error).toBeGreaterThan(0);
  const written = figure.node.outerHTML;
  expect(written).toContain('onset 266 [238, 297] GeV (95 %)');
  expect(written).toContain('400 to 500 GeV, raw (no correction in effect): ');
});

it('shows raw and corrected beside each other where a correction was in effect', () => {
  const series = (selected: [number, number]): Set<unknown> =>
    new Set(drawn(bias, viewOf(undefined, { selected }))!.rows.map((row) => row.series));
  expect(series([14, 18])).toEqual(new Set(['reference', 'raw (no correction in effect)']));
  expect(series([20, 24])).toEqual(new Set(['reference', 'raw', 'corrected']));
});
