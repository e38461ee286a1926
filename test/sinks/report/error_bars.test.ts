import { expect, test } from 'vitest';
import { beyond, errorBars, within } from '../../../sinks/report/error_bars.js';
import { panel } from '../../../sinks/report/panel.js';
import { documentOf } from './drawn.js';

const points = [
  { x: 1, y: 0.5, error: 0.2 },
  { x: 2, y: 0.9, error: 0.3 },
  { x: 3, y: 1.4, error: 0.1 },
  { x: 4, y: -2, error: 0.5 },
];
const domain = [0, 1] as const;

const drawn = (marks: unknown[]) => {
  const { svg } = panel({
    left: 0,
    top: 0,
    width: 100,
    height: 100,
    x: { title: 'x', domain: [0, 5] },
    y: { title: 'y', domain },
    marks,
  });
  return documentOf(`<html><body><svg>${svg}</svg></body></html>`);
};

test('bars are as long as the errors, cut at the edge, and absent beyond it', () => {
  const lines = [
    ...drawn([errorBars(points, domain, { ariaDescription: 'errors' })]).querySelectorAll(
      '[aria-description="errors"] line',
    ),
  ];
  const spans = lines.map((line) => ['y1', 'y2'].map((name) => Number(line.getAttribute(name))).sort((a, b) => a - b));
  expect(spans).toHaveLength(2);
  expect(spans[0]![0]).toBeCloseTo(30, 6);
  expect(spans[0]![1]).toBeCloseTo(70, 6);
  expect(spans[1]![0]).toBeCloseTo(0, 6);
  expect(spans[1]![1]).toBeCloseTo(40, 6);
});

test('a point is within the panel or a triangle at its edge', () => {
  expect(within(points, domain).map(({ x }) => x)).toEqual([1, 2]);
  const triangles = drawn([beyond(points, domain, '#e42536', 'mean')]).querySelector(
    '[aria-description="beyond the panel, mean"]',
  )!;
  expect(triangles.children).toHaveLength(2);
});

test('on a logarithmic scale the triangles stand as far from the edges as on a linear one', () => {
  const log = [0.01, 100] as const;
  const { svg } = panel({
    ...{ left: 0, top: 0, width: 100, height: 100, x: { title: 'x', domain: [0, 5] } },
    y: { title: 'y', domain: log, log: true },
    marks: [
      beyond(
        [0.001, 1000].map((y, x) => ({ x, y, error: 0 })),
        log,
        '#e42536',
        'mean',
        true,
      ),
    ],
  });
  const marks = documentOf(`<html><body><svg>${svg}</svg></body></html>`).querySelector(
    '[aria-description="beyond the panel, mean"]',
  )!.children;
  const heights = marks.map((mark) => Number(/translate\([^,]+,([^)]+)\)/.exec(mark.getAttribute('transform')!)![1]));
  expect(heights[0]).toBeCloseTo(97.5, 6);
  expect(heights[1]).toBeCloseTo(2.5, 6);
});
