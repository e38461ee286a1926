import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MemoryConfig } from '../../../operators/online/memory.js';
import type { OnlineEvent } from '../../../operators/online/events.js';
import {
  closeWindow,
  modelsAt,
  openOnline,
  type OnlineConfig,
  type OnlineState,
  type OnlineWindow,
} from '../../../operators/online/versions.js';
import { contentHash, decodeState, encodeState } from '../../../operators/summaries/codec.js';
import { responseCells } from '../../../operators/summaries/response_cells.js';
import { problemOf } from '../../support/problem_of.js';
import { cellsOf, CONFIG, draw, NEWCOMER, POPULATIONS } from './stream.js';

const memories: readonly MemoryConfig[] = [
  { kind: 'cumulative' },
  { kind: 'sliding', windows: 2 },
  { kind: 'half_life', windows: 1.5, least: 1 / 4 },
];
/** Small, and quick to change its mind: every kind of event happens. */
const small = (memory: MemoryConfig): OnlineConfig => ({
  ...CONFIG,
  memory,
  learn: 2,
  minimumEvents: 100,
  correction: { ...CONFIG.correction, minimum: 20 },
  level: 0.4,
  trial: { events: 60, level: 0.4 },
});
const COUNT = 10;
const tables = Array.from({ length: COUNT }, (_, number) =>
  draw(number, {
    events: 300,
    shift: number === 4 ? 0.05 : 0,
    populations: number < 6 ? POPULATIONS : [...POPULATIONS, NEWCOMER],
  }),
);

/** Windows are numbered 0, 2, 4, ...: gaps. */
const windows = tables.map((table, i): OnlineWindow => ({ number: 2 * i, cells: cellsOf(table) }));

function play(state: OnlineState, list: readonly OnlineWindow[]): { state: OnlineState; events: OnlineEvent[] } {
  const events: OnlineEvent[] = [];
  for (const window of list) {
    const closed = closeWindow(state, window);
    state = closed.state;
    events.push(...closed.events);
  }
  return { state, events };
}

const bytes = (content: unknown): string => contentHash(content);

it('sees every kind of event in the streams below', () => {
  const kinds = memories.flatMap((memory) => play(openOnline(small(memory)), windows).events.map(({ kind }) => kind));
  expect([...new Set(kinds)].sort()).toEqual(['accepted', 'birth', 'death', 'fitted', 'kept', 'rolled back']);
});

describe.each(memories)('online versions with %o', (memory) => {
  const config = small(memory);
  const expected = play(openOnline(config), windows);

  it('are the same bits for any split of the events over states, merged in any order', () => {
    const plan = fc.record({
      where: fc.infiniteStream(fc.nat(3)),
      order: fc.infiniteStream(fc.nat(100)),
      settle: fc.infiniteStream(fc.boolean()),
    });
    const next = (stream: fc.Stream<number>): number => (stream.next() as IteratorYieldResult<number>).value;
    fc.assert(
      fc.property(plan, ({ where, order, settle }) => {
        const split = tables.map((table, i): OnlineWindow => {
          const parts: number[][] = [[], [], [], []];
          for (let event = 0; event < table.columns[0]!.length; event++) {
            const part = parts[next(where)]!;
            part.splice(next(order) % (part.length + 1), 0, event);
          }
          const states = parts.map((part) => cellsOf(table, part));
          for (const state of states) if (settle.next().value) responseCells.settle(state);
          while (states.length > 1) {
            const [from] = states.splice(next(order) % states.length, 1);
            responseCells.merge(states[next(order) % states.length]!, from!);
          }
          return { number: 2 * i, cells: states[0]! };
        });
        const found = play(openOnline(config), split);
        expect(found.events).toEqual(expected.events);
        expect(bytes(found.state)).toBe(bytes(expected.state));
      }),
      { numRuns: 4 },
    );
  });

  it('go on the same from a clone or a stored copy, at any window', () => {
    let state = openOnline(config);
    windows.forEach((window, i) => {
      if (i % 3 === 0) {
        for (const copy of [structuredClone(state), decodeState(encodeState(state)) as OnlineState]) {
          expect(bytes(play(copy, windows.slice(i)).state)).toBe(bytes(expected.state));
        }
      }
      state = closeWindow(state, window).state;
    });
  });

  it('leave the old state and the window as they are', () => {
    const state = play(openOnline(config), windows.slice(0, 5)).state;
    const before = [bytes(state), bytes(windows[5]!.cells)];
    closeWindow(state, windows[5]!);
    expect([bytes(state), bytes(windows[5]!.cells)]).toEqual(before);
  });

  it('do not depend on windows without events, closed or left out', () => {
    const none = { ...cellsOf({ columns: [[], [], []], group: [] }) };
    const more = windows.flatMap((window) => [window, { number: window.number + 1, cells: none }]);
    const { state, events } = play(openOnline(config), more);
    expect(events).toEqual(expected.events);
    expect(bytes(modelsAt(state))).toBe(bytes(modelsAt(expected.state)));
  });

  it('tell by births and deaths which regimes there are, and by inEffect which version', () => {
    let state = openOnline(config);
    const there = new Set<number>();
    const ever = new Set<number>();
    for (const window of windows) {
      const closed = closeWindow(state, window);
      state = closed.state;
      for (const { kind, regime, window: at, effective, inEffect } of closed.events) {
        expect([at, effective]).toEqual([window.number, window.number + 1]);
        if (kind === 'death') expect(there.delete(regime!)).toBe(true);
        if (kind !== 'birth') continue;
        expect(there.has(regime!)).toBe(false);
        there.add(regime!);
        ever.add(regime!);
        expect(inEffect).not.toBeNull();
      }
      const { inEffect, previous } = modelsAt(state);
      expect(inEffect?.regimes.ids ?? []).toEqual([...there].sort((a, b) => a - b));
      expect(inEffect?.regimes.map.centroids.length ?? 0).toBe(there.size);
      expect(inEffect?.correction.regimeMap).toBe(inEffect?.regimes.map.version);
      if (previous) expect(previous.version).not.toBe(inEffect!.version);
      const last = closed.events.at(-1);
      if (last) expect(last.inEffect).toBe(inEffect?.version ?? null);
    }
    // Numbers are given in their order, each once.
    expect([...ever]).toEqual([...ever.keys()].map((_, i) => i));
    expect(state.unusedId).toBe(ever.size);
  });
});

describe('online versions', () => {
  it.each([0, -1, 1.5, NaN])('need a number of windows that is one: %d', async (wrong) => {
    for (const part of [{ learn: wrong }, { every: wrong }, { memory: { kind: 'sliding', windows: wrong } as const }]) {
      const problem = await problemOf(() => openOnline({ ...CONFIG, ...part }));
      expect(problem.message).toMatch(/^online\.(learn|every|memory\.windows): .* give 1 or more$/);
      expect(problem.exitCode).toBe(2);
    }
    if (!(wrong > 0)) await problemOf(() => openOnline({ ...CONFIG, memory: { kind: 'half_life', windows: wrong } }));
  });

  it('refuse a window that is not after the last one', async () => {
    const { state } = closeWindow(openOnline(CONFIG), { number: 7, cells: windows[0]!.cells });
    for (const [number, message] of [
      [7, 'online window 7: not after window 7; close windows in rising order'],
      [-1, 'online window -1: not after window 7; close windows in rising order'],
      [NaN, 'online window NaN: give it a whole number'],
      [8.5, 'online window 8.5: give it a whole number'],
    ] as const) {
      const problem = await problemOf(() => closeWindow(state, { number, cells: windows[0]!.cells }));
      expect([problem.message, problem.exitCode]).toEqual([message, 3]);
    }
  });

  it('are fitted after `learn` windows, then every `every`', () => {
    const config = { ...small({ kind: 'cumulative' }), learn: 3, every: 2, trial: { events: 1, level: 0.4 } };
    const { events } = play(openOnline(config), windows);
    const fits = events.filter(({ kind }) => kind === 'fitted' || kind === 'kept');
    expect(fits.map(({ window }) => window / 2 + 1)).toEqual([3, 5, 7, 9]);
  });

  it('wait with the next fit until a trial is over', () => {
    const config = { ...small({ kind: 'cumulative' }), trial: { events: 150, level: 0.4 } };
    let state = openOnline(config);
    for (const window of windows) {
      const before = modelsAt(state).previous;
      const closed = closeWindow(state, window);
      state = closed.state;
      if (before === null || modelsAt(state).previous !== before) continue;
      expect(closed.events).toEqual([]);
    }
  });

  it('wait for enough training events, and say so', () => {
    const { events, state } = play(openOnline({ ...CONFIG, learn: 1, minimumEvents: 1500 }), windows.slice(0, 2));
    expect(events.map(({ kind, version }) => [kind, version])).toEqual([
      ['kept', null],
      ['kept', null],
    ]);
    expect(events[1]!.reason).toMatch(/^training events weigh 4\d\d, 1500 wanted$/);
    expect(modelsAt(state)).toEqual({ inEffect: null, previous: null });
  });
});
