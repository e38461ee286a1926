import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openEnding } from '../../../runtime/live/ending.js';

test('a signal stops at once, and cuts after a while what has not come to its end', async () => {
  const signal = new AbortController();
  const { stop, cut, fail, fatal } = openEnding(signal.signal, 20);
  signal.abort();
  expect([stop.aborted, cut.aborted]).toEqual([true, false]);
  await pause(200);
  expect(cut.aborted).toBe(true);
  // What comes of cutting is no reason.
  fail(new Error('closed'));
  expect(fatal()).toBeUndefined();
});

test('the first error is the end', () => {
  const { stop, cut, fail, fatal } = openEnding(new AbortController().signal, 1e6);
  fail(new Error('first'));
  fail(new Error('second'));
  expect([stop.aborted, cut.aborted]).toEqual([true, true]);
  expect(fatal()).toEqual(new Error('first'));
});

test('a signal that came before is one, and none is waited for after the close', async () => {
  const { stop, cut, close, fatal } = openEnding(AbortSignal.abort(), 1e6);
  expect([stop.aborted, cut.aborted]).toEqual([true, false]);
  close();
  await pause(1);
  expect([cut.aborted, fatal()]).toEqual([true, undefined]);
});
