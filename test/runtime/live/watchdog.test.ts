import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { eventLoop } from '../../../runtime/live/event_loop.js';
import { heldRows } from '../../../runtime/live/held_rows.js';
import type { Owned } from '../../../runtime/live/owned.js';
import { lagOf, openWatchdog } from '../../../runtime/live/watchdog.js';

function watched(stallMs = 100) {
  const state = { now: 0 };
  const loop = eventLoop(heldRows(1, tmpdir()));
  const owned = { partition: { id: 0 }, position: 0, end: Infinity } as Owned;
  loop.owned.set(0, owned);
  const dog = openWatchdog(() => state.now, stallMs);
  const lines: string[] = [];
  /** Time goes by, the loop comes round, the watchdog looks. */
  const step = (ms: number, position: number, end: number, round = true): void => {
    state.now += ms;
    Object.assign(owned, { position, end });
    if (round) dog.look(loop);
    dog.check({ restart: (line) => lines.push(`restart: ${line}`), giveUp: (line) => lines.push(`giveUp: ${line}`) });
  };
  return { loop, lines, step };
}

describe('no stall', () => {
  test.each([
    ['it reads on', (n: number) => [n, 1000]],
    ['it has read all there is', () => [5, 5]],
    ['it is not known what there is', () => [5, Infinity]],
  ])('while %s', (_, at) => {
    const { lines, step } = watched();
    for (let n = 0; n < 20; n++) step(60, ...(at(n) as [number, number]));
    expect(lines).toEqual([]);
  });

  test('while every partition waits for models', () => {
    const { lines, step, loop } = watched();
    loop.waiting.set(0, 0);
    for (let n = 0; n < 20; n++) step(60, 3, 9);
    expect(lines).toEqual([]);
  });

  test('before the loop has come round once', () => {
    const { lines, step } = watched();
    for (let n = 0; n < 20; n++) step(60, 3, 9, false);
    expect(lines).toEqual([]);
  });
});

test('reading nothing while there is something: twice a new connection, then the end', () => {
  const { lines, step } = watched(2000);
  for (let n = 0; n < 8; n++) step(1000, 3, 9);
  expect(lines.slice(0, 3)).toEqual([
    'restart: live: nothing was read for 2 s, 6 messages are waiting; the connection is opened anew',
    'restart: live: nothing was read for 2 s, 6 messages are waiting; the connection is opened anew',
    'giveUp: live: nothing was read for 2 s, 6 messages are waiting, and opening the connection anew did not help; start the worker again',
  ]);
});

test('a loop that does not come round has stalled too', () => {
  const { lines, step } = watched();
  step(0, 9, 9);
  step(150, 9, 9, false);
  expect(lines).toHaveLength(1);
});

test('once it has read again, patience begins anew', () => {
  const { lines, step } = watched();
  for (let n = 0; n < 12; n++) {
    step(10, n, 99);
    step(101, n, 99);
  }
  expect(lines).toHaveLength(12);
  expect(lines.every((line) => line.startsWith('restart'))).toBe(true);
});

test('what is behind, of the partitions of which it is known', () => {
  const { loop } = watched();
  const owned = (position: number, end: number) => ({ position, end }) as Owned;
  for (const [id, one] of [owned(3, 9), owned(0, Infinity), owned(9, 8)].entries()) loop.owned.set(id, one);
  expect(lagOf(loop)).toBe(6);
});
