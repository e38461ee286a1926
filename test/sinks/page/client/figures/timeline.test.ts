import { expect, it } from 'vitest';
import { timeline } from '../../../../../sinks/page/client/figures/timeline.js';
import { drawn, viewOf } from './page_figures.js';

it('has a panel a regime, corrected points from the correction on, and the marks of what happened', () => {
  const view = viewOf();
  const figure = drawn(timeline, view)!;
  const corrected = figure.rows.filter((row) => row.series === 'corrected');
  expect(corrected).toHaveLength(4 * 6);
  expect(new Set(corrected.map((row) => row.window))).toEqual(new Set([120, 121, 122, 123, 124, 125]));
  const raw = figure.rows.find((row) => row.quantity === 'regime 2 [%]' && row.window === 115 && row.series === 'raw')!;
  const { core } = view.windows[15]!.report.regimes[2]!;
  expect(raw.value).toBeCloseTo(100 * core!.value!, 10);
  expect(raw.error).toBeCloseTo(100 * core!.error!, 10);
  expect(figure.summary).toContain('1 alert fired, 1 alert resolved, 1 correction accepted, 1 refit refused');
  for (const sign of ['alerts fired', 'alerts resolved', 'refits refused'])
    expect(figure.node.querySelectorAll(`g[aria-description="${sign}"] path`), sign).toHaveLength(1);
});

it('shows the last 300 windows', () => {
  const figure = drawn(timeline, viewOf({ windows: 320, eventsPerWindow: 60 }))!;
  expect(new Set(figure.rows.map((row) => row.window)).size).toBeLessThanOrEqual(300);
  expect(Math.max(...figure.rows.map((row) => row.window as number))).toBe(419);
});
