import { expect, test } from 'vitest';
import { intervalMarks } from '../../../sinks/report/interval_marks.js';
import { panel } from '../../../sinks/report/panel.js';
import { documentOf } from '../report/drawn.js';

const points = [
  { x: 1, y: 5, low: 4, high: 7 },
  { x: 2, y: 20, low: 8, high: 30 },
  { x: 3, y: 0, low: 0, high: 0 },
];

function drawnMarks(domain: readonly [number, number], log: boolean) {
  const y = { domain, log };
  const marks = intervalMarks(points, y, { name: 'toy', colour: '#5790fc', line: true });
  const frame = { left: 50, top: 10, width: 200, height: 200, x: { title: 'x', domain: [0, 4] as const } };
  const { svg } = panel({ ...frame, y: { title: 'y', ...y }, marks });
  const root = documentOf(`<!doctype html><html><body><svg>${svg}</svg></body></html>`);
  return (name: string) => root.querySelector(`[aria-description="${name}"]`)?.children.length ?? 0;
}

test('points inside the panel are drawn, the others are triangles at its edge, intervals are cut', () => {
  const marks = drawnMarks([0, 10], false);
  expect(marks('points of toy')).toBe(2);
  expect(marks('errors of toy')).toBe(2);
  expect(marks('beyond the panel, toy')).toBe(1);
  expect(marks('line of toy')).toBe(1);
});

test('on a logarithmic panel, 0 lies beyond it', () => {
  const marks = drawnMarks([1, 10], true);
  expect(marks('points of toy')).toBe(1);
  expect(marks('beyond the panel, toy')).toBe(2);
});
