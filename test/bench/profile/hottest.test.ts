import { expect, test } from 'vitest';
import { hottest } from '../../../bench/profile/hottest.js';

const node = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url, scriptId: '1', lineNumber: 3, columnNumber: 0 },
});
const profile = {
  nodes: [
    node(1, '(idle)', ''),
    node(2, 'fill', 'file:///a/book.js'),
    node(3, 'wasm-function[0]', 'wasm://wasm/0a1b'),
    node(4, '', 'file:///a/run.js'),
    // The same function, called by another.
    node(5, 'fill', 'file:///a/book.js'),
  ],
  startTime: 0,
  endTime: 100,
  samples: [1, 2, 3, 4, 5],
  timeDeltas: [50, 10, 25, 5, 10],
};

test('self times of functions by name and file, without waiting', () => {
  expect(hottest(profile, 10)).toEqual([
    { name: 'wasm-function[0] WebAssembly', share: 0.5 },
    { name: 'fill book.js', share: 0.4 },
    { name: '(unnamed) run.js', share: 0.1 },
  ]);
  expect(hottest(profile, 1)).toHaveLength(1);
});
