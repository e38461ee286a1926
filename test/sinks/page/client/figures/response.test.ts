import { expect, it } from 'vitest';
import { response } from '../../../../../sinks/page/client/figures/response.js';
import { drawn, STORY, viewOf } from './page_figures.js';

it('has every event of the selected windows in a bin, with √n, and the reference scaled to as many', () => {
  const view = viewOf();
  const figure = drawn(response, view)!;
  const sum = (column: string): number => figure.rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  expect(sum('events (raw)')).toBe(5 * 1500);
  expect(sum('events (reference)')).toBe(8 * 1500);
  expect(sum('events (reference, scaled)')).toBeCloseTo(5 * 1500, 8);
  for (const row of figure.rows) expect(row['error (√n)']).toBeCloseTo(Math.sqrt(Number(row['events (raw)'])), 12);
  // The true width of a bin is on the axis.
  expect(figure.node.outerHTML).toContain('Events / 0.005');
});

it('shows the other stage beside where a correction was in effect', () => {
  const figure = drawn(response, viewOf(undefined, { stage: 'corrected', selected: [20, 25] }))!;
  expect(Object.keys(figure.rows[0]!)).toEqual(expect.arrayContaining(['events (corrected)', 'events (raw)']));
});

it('calls what is delivered raw as long as no correction is in effect, whatever stage is looked at', () => {
  const [raw, delivered] = (['raw', 'corrected'] as const).map((stage) => drawn(response, viewOf(STORY, { stage }))!);
  expect(delivered!.rows).toEqual(raw!.rows);
  expect(Object.keys(delivered!.rows[0]!)).toContain('events (raw)');
  expect(delivered!.node.outerHTML).toContain('raw (no correction in effect)');
});
