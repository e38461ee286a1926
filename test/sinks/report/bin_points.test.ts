import { expect, test } from 'vitest';
import { binPoints } from '../../../sinks/report/bin_points.js';
import type { ContextBin } from '../../../sinks/report/context_bins.js';
import { panel } from '../../../sinks/report/panel.js';
import { documentOf } from './drawn.js';

const unknown = { value: null, error: null };
const binOf = (low: number, value: number | null): ContextBin => ({
  low,
  high: low + 1,
  row: {
    variable: 'x',
    low,
    high: low + 1,
    n: 100,
    effectiveN: 100,
    bias: value === null ? unknown : { value, error: 0.1 },
    median: unknown,
    sigma68: unknown,
    meanAbsolute: unknown,
  },
});

const drawn = (open: boolean) => {
  const domain = [0, 1] as const;
  const bins = [binOf(0, 0.5), binOf(1, null), binOf(2, 0.25), binOf(3, 7)];
  const { svg } = panel({
    left: 0,
    top: 0,
    width: 400,
    height: 100,
    x: { title: 'x', domain: [0, 4] },
    y: { title: 'y', domain },
    marks: binPoints(bins, (row) => row.bias, domain, { name: 'mean', open }),
  });
  const page = documentOf(`<html><body><svg>${svg}</svg></body></html>`);
  return (layer: string) => page.querySelector(`[aria-description="${layer}"]`)?.children ?? [];
};

test('a point and two bars for each known value, a triangle for one beyond the panel', () => {
  const layer = drawn(false);
  expect(layer('points of mean')).toHaveLength(2);
  expect(layer('errors of mean')).toHaveLength(2);
  expect(layer('beyond the panel, mean')).toHaveLength(1);
  const bars = layer('bins of mean').map((bar) => ['x1', 'x2', 'y1'].map((name) => Number(bar.getAttribute(name))));
  expect(bars.map(([x1, x2]) => [x1, x2])).toEqual([
    [0, 100],
    [200, 300],
  ]);
  expect(layer('errors of mean').map((bar) => Number(bar.getAttribute('x1')))).toEqual([50, 250]);
});

test('the second set stands to the right of the middle, without the bars of the bins', () => {
  const layer = drawn(true);
  expect(layer('bins of mean')).toHaveLength(0);
  expect(layer('errors of mean').map((bar) => Number(bar.getAttribute('x1')))).toEqual([62, 262]);
});
