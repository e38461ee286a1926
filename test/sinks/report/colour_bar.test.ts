import { expect, test } from 'vitest';
import { colourBar } from '../../../sinks/report/colour_bar.js';
import { documentOf } from './drawn.js';

test('the levels fill the bar without a gap, the lowest at the bottom, and the axis is beside it', () => {
  const svg = colourBar(800, 64, 420, { title: 'mean |δ|', domain: [0, 0.1] }, (t) => `data-t="${t}"`, 48);
  const rects = [...documentOf(`<html><body><svg>${svg}</svg></body></html>`).querySelectorAll('rect[data-t]')];
  expect(rects).toHaveLength(48);
  const [top, height] = ['y', 'height'].map((name) => rects.map((rect) => Number(rect.getAttribute(name))));
  expect(top![0]! + height![0]!).toBe(484);
  expect(top!.at(-1)).toBe(64);
  rects.slice(1).forEach((_, i) => {
    expect(top![i + 1]! + height![i + 1]!).toBe(top![i]);
  });
  expect(svg).toContain('mean |δ|');
  expect(svg).toContain('>0.10<');
});
