import { expect, test } from 'vitest';
import { windowAxis } from '../../../sinks/report/window_axis.js';

const numbers = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);

test('every window is labelled with its number while there is room', () => {
  const { ticks, domain } = windowAxis(numbers(5, 7), 592);
  expect(ticks).toEqual(numbers(5).map((at) => ({ at, label: String(at + 7) })));
  expect(domain).toEqual([-0.6, 4.6]);
});

test('of many, every second, fifth, tenth ...', () => {
  for (const [n, step] of [
    [60, 5],
    [400, 50],
  ] as const) {
    const { ticks } = windowAxis(numbers(n), 592);
    expect(ticks![1]!.at - ticks![0]!.at).toBe(step);
  }
});

test('numbers with a gap stand at their place in the order', () => {
  expect(windowAxis([3, 9, 10], 592).ticks).toEqual([
    { at: 0, label: '3' },
    { at: 1, label: '9' },
    { at: 2, label: '10' },
  ]);
});
