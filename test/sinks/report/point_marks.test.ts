import { expect, test } from 'vitest';
import { panel } from '../../../sinks/report/panel.js';
import { pointMarks, type MarkedPoint } from '../../../sinks/report/point_marks.js';
import { documentOf } from './drawn.js';

const drawn = (points: MarkedPoint[], open = false) => {
  const domain = [0, 1] as const;
  const axis = { title: 'x', domain: [0, 10] as const };
  const marks = pointMarks(points, domain, { name: 'it', open });
  const { svg } = panel({ left: 0, top: 0, width: 100, height: 100, x: axis, y: { title: 'y', domain }, marks });
  const page = documentOf(`<html><body><svg>${svg}</svg></body></html>`);
  return (layer: string) => page.querySelector(`[aria-description="${layer}"]`)?.children.length ?? 0;
};

test('a point with its error inside, a triangle beyond, and bars only where the bins are known', () => {
  const plain = drawn([
    { x: 1, y: 0.5, error: 0.1 },
    { x: 2, y: 4, error: 0.1 },
  ]);
  expect(['points of it', 'errors of it', 'beyond the panel, it', 'bins of it'].map(plain)).toEqual([1, 1, 1, 0]);
  const binned = [{ x: 1, y: 0.5, error: 0.1, low: 0, high: 2 }];
  expect(drawn(binned)('bins of it')).toBe(1);
  expect(drawn(binned, true)('bins of it')).toBe(0);
});
