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
