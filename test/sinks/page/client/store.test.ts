import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  goesOn,
  MOST_DETAILED,
  MOST_WINDOWS,
  emptyState,
  lastIndex,
  withWindows,
} from '../../../../sinks/page/client/store.js';
import { pageDescription, pageStatus, storedWindows, windowReports } from '../../../support/window_reports.js';

const story = { windows: 30, eventsPerWindow: 200 };
const windows = storedWindows(windowReports(story));
const empty = emptyState(pageDescription(story), pageStatus({ verdict: 'null' }), []);
const indices = (state: typeof empty) => state.windows.map(({ report }) => report.index);

describe('windows', () => {
  test('any overlapping pieces, in order, give every window once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 10 })), { maxLength: 20 }), (pieces) => {
        let state = withWindows(empty, windows.slice(0, 1));
        for (const [from, length] of pieces) {
          // Only what begins within or right after the held ones: else there is a gap, tested below.
          const first = Math.min(from, lastIndex(state) + 1);
          state = withWindows(state, windows.slice(first, first + length));
        }
        expect(indices(state)).toEqual(windows.slice(0, lastIndex(state) + 1).map(({ report }) => report.index));
      }),
    );
  });

  test('after a gap only the newer ones are held', () => {
    const state = withWindows(withWindows(empty, windows.slice(0, 5)), windows.slice(9, 12));
    expect(indices(state)).toEqual([9, 10, 11]);
  });

  test('old windows lose their details, older ones go, and what was learned from stays', () => {
    const many = Array.from({ length: MOST_WINDOWS + 100 }, (_, i) => {
      const from = windows[i % 30]!;
      const learned = i < 8;
      const regimes = learned ? windows[0]!.report.regimes : windows[20]!.report.regimes;
      return { ...from, report: { ...from.report, index: i, regimes } };
    });
    let state = empty;
    for (const window of many) state = withWindows(state, [window]);
    expect(state.windows.length).toBe(MOST_WINDOWS);
    expect(lastIndex(state)).toBe(MOST_WINDOWS + 99);
    expect(state.windows.filter(({ report }) => report.distributions).length).toBe(MOST_DETAILED);
    expect(state.windows.at(-1)?.report.worst).toBeDefined();
    expect(state.learned.map(({ report }) => report.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(state.learned[0]?.report.distributions).toBeDefined();
    expect(withWindows(empty, many)).toEqual({ ...state, windows: state.windows });
  });
});

test('a stream goes on if its window of our last index is ours, or if it has closed as many', () => {
  const state = withWindows(empty, windows.slice(0, 5));
  const other = { ...windows[4]!, report: { ...windows[4]!.report, chain: 'other' } };
  expect(goesOn(empty, [], 0)).toBe(true);
  expect(goesOn(state, windows.slice(4, 7), 7)).toBe(true);
  expect(goesOn(state, [other, ...windows.slice(5)], 7)).toBe(false);
  expect(goesOn(state, [], 3)).toBe(false);
  expect(goesOn(state, windows.slice(6, 8), 8)).toBe(true);
});
