import { expect, it } from 'vitest';
import { heatMap } from '../../../../../sinks/page/client/figures/heat_map.js';
import { drawn, viewOf } from './page_figures.js';

it('adds up the cells of the selected windows and hatches those with fewer than ten events', () => {
  const view = viewOf();
  const figure = drawn(heatMap, view)!;
  const counts = new Map<string, number>();
  for (const { report } of view.windows.slice(14, 19))
    for (const { x, y, n } of report.grid!.cells) counts.set(`${x} ${y}`, (counts.get(`${x} ${y}`) ?? 0) + n);
  const sorted = (numbers: Iterable<unknown>): number[] => [...numbers].map(Number).sort((a, b) => a - b);
  expect(sorted(figure.rows.map((row) => row.events))).toEqual(sorted(counts.values()));
  const rects = (name: string): number =>
    figure.node.querySelectorAll(`g[aria-description="${name}"] rect, g[aria-description="${name}"] path`).length;
  const few = [...counts.values()].filter((n) => n < 10).length;
  expect(rects('few events')).toBe(few);
  expect(rects('cells')).toBe(counts.size - few);
});

it('is not drawn with one context variable', () => {
  expect(drawn(heatMap, viewOf({ windows: 20, context: ['H_T'] }))).toBeNull();
});

it('shows before and after beside each other where a correction was in effect, on one scale', () => {
  const view = viewOf(undefined, { selected: [21, 23], stage: 'corrected' });
  const figure = drawn(heatMap, view)!;
  const row = figure.rows.find((one) => (one.events as number) > 200)!;
  expect(row['corrected − raw [%]']).toBeCloseTo(
    (row['mean core, corrected [%]'] as number) - (row['mean core, raw [%]'] as number),
    10,
  );
  expect(figure.node.querySelectorAll('g[aria-description="cells"]')).toHaveLength(2);
  expect(figure.node.textContent).toContain('before the correction: raw');
  expect(figure.node.textContent).toContain('after the correction: corrected');
  expect(figure.summary).toContain('Mean core of corrected δ');
  expect(drawn(heatMap, { ...view, stage: 'raw' })!.summary).toContain('Mean core of raw δ');
});
