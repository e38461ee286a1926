import { expect, test } from 'vitest';
import { panelStack } from '../../../sinks/report/panel_stack.js';
import { documentOf } from './drawn.js';

const stack = panelStack(92, 400, { title: 'x', domain: [0, 10] }, [
  { y: { title: 'a', domain: [0, 1] }, height: 100, marks: [] },
  { y: { title: 'b', domain: [0, 2] }, height: 60, marks: [] },
]);

test('panels lie below each other on one scale', () => {
  expect(stack.map(({ top, bottom }) => [top, bottom])).toEqual([
    [64, 164],
    [182, 242],
  ]);
  for (const { toX } of stack) expect([toX(0), toX(10)]).toEqual([92, 492]);
  expect(stack.map(({ toY }) => toY(0))).toEqual([164, 242]);
});

test('the lowest alone has the title and numbers of the axis', () => {
  const texts = stack.map(({ svg }) =>
    [...documentOf(`<html><body><svg>${svg}</svg></body></html>`).querySelectorAll('text')].map(
      (node) => node.textContent,
    ),
  );
  expect(texts[0]).not.toContain('x');
  expect(texts[1]).toContain('x');
  expect(texts[1]).toContain('10');
});
