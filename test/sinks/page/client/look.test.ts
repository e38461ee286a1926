import { expect, test } from 'vitest';
import { HOME } from '../../../../sinks/page/client/address.js';
import { indexAt, indicesOf, numberAt, selectedOf, viewOf } from '../../../../sinks/page/client/look.js';
import { emptyState, withWindows } from '../../../../sinks/page/client/store.js';
import { pageDescription, pageStatus, storedWindows, windowReports } from '../../../support/window_reports.js';

const story = { windows: 30, eventsPerWindow: 200 };
/** Windows 100 … 129; every number after 110 is doubled, as where nothing came in between. */
const windows = storedWindows(windowReports(story)).map(({ report, ...rest }) => {
  const window = report.window <= 110 ? report.window : 110 + 2 * (report.window - 110);
  return { ...rest, report: { ...report, window } };
});
const empty = emptyState(pageDescription(story), pageStatus(), []);
const state = withWindows(empty, windows);

test('numbers and indices, where numbers are left out', () => {
  expect(numberAt(windows, 11)).toBe(112);
  expect(indexAt(windows, 112)).toBe(11);
  expect(indexAt(windows, 111)).toBe(11);
  expect(numberAt([windows[2]!, windows[20]!], 7)).toBe(102);
  expect([numberAt(windows, -5), numberAt(windows, 99), numberAt([], 3)]).toEqual([100, 148, 0]);
  expect([indexAt(windows, 0), indexAt(windows, 1e6), indexAt([], 3)]).toEqual([0, 29, 0]);
});

test('the range of an address, of those that are held', () => {
  expect(indicesOf(windows, { last: 3 })).toEqual([27, 29]);
  expect(indicesOf(windows, { last: 99 })).toEqual([0, 29]);
  expect(indicesOf(windows, { first: 105, to: 107 })).toEqual([5, 7]);
  expect(indicesOf(windows, { first: 109, to: 113 })).toEqual([9, 11]);
  expect(indicesOf(windows, { first: 500, to: 900 })).toEqual([29, 29]);
  expect(indicesOf(windows, { first: 1, to: 2 })).toEqual([0, 0]);
  expect(indicesOf([], { last: 3 })).toEqual([0, 0]);
});

test('windows are compared with those that the checks learned from', () => {
  const view = viewOf(state, HOME, 400, false);
  expect(selectedOf(view).map(({ report }) => report.index)).toEqual([27, 28, 29]);
  expect(view.reference.map(({ report }) => report.index)).toEqual(state.learned.map(({ report }) => report.index));
  expect(view.reference.length).toBeGreaterThan(0);
});

test('or with those that the address names; or, where nothing is learned, with the first ones before them', () => {
  const named = viewOf(state, { ...HOME, against: { first: 104, to: 106 } }, 400, false);
  expect(named.reference.map(({ report }) => report.window)).toEqual([104, 105, 106]);
  const late = withWindows(empty, windows.slice(20));
  expect(viewOf(late, HOME, 400, false).reference.map(({ report }) => report.index)).toEqual([20, 21, 22, 23, 24]);
  const first = withWindows(empty, windows.slice(0, 3));
  expect(viewOf(first, HOME, 400, false).reference).toEqual([]);
});

test('a regime that there is not is none', () => {
  expect(viewOf(state, { ...HOME, regime: 2 }, 400, false).regime).toBe(2);
  expect(viewOf(state, { ...HOME, regime: 9 }, 400, false).regime).toBeNull();
  expect(viewOf(empty, { ...HOME, regime: 2 }, 400, false)).toMatchObject({
    regime: null,
    selected: [0, 0],
    reference: [],
  });
});
