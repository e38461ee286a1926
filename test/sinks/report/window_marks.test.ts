import { expect, test } from 'vitest';
import { panel } from '../../../sinks/report/panel.js';
import { manyWindows, windowMarks } from '../../../sinks/report/window_marks.js';
import { documentOf } from './drawn.js';

function drawn(values: (number | null)[]) {
  const domain = [0, 1] as const;
  const marks = windowMarks(
    values.map((value) => (value === null ? undefined : { value, error: 0.1 })),
    domain,
    2,
    'bias',
  );
  const x = { title: 'x', domain: [0, values.length] as const };
  const { svg } = panel({ left: 0, top: 0, width: 400, height: 100, x, y: { title: 'y', domain }, marks });
  const page = documentOf(`<html><body><svg>${svg}</svg></body></html>`);
  return (layer: string) => page.querySelector(`[aria-description="${layer} of bias, regime 2"]`);
}

test('points with errors, joined by a line that breaks where a value is not known or beyond', () => {
  const layer = drawn([0.2, 0.3, null, 0.5, 3, 0.6, 0.7]);
  expect(layer('points')!.children).toHaveLength(5);
  expect(layer('errors')!.children).toHaveLength(5);
  expect(layer('line')!.querySelector('path')!.getAttribute('d')!.match(/M/g)).toHaveLength(3);
});

test('of many windows there is the line alone', () => {
  const layer = drawn(Array.from({ length: manyWindows + 1 }, () => 0.4));
  expect(layer('points')).toBeNull();
  expect(layer('line')).not.toBeNull();
});
