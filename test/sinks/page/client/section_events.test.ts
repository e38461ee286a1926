import { expect, test } from 'vitest';
import { HOME } from '../../../../sinks/page/client/address.js';
import { viewOf } from '../../../../sinks/page/client/look.js';
import { inOrder, worstRows } from '../../../../sinks/page/client/section_events.js';
import { emptyState, withWindows } from '../../../../sinks/page/client/store.js';
import { pageDescription, pageStatus, storedWindows, windowReports } from '../../../support/window_reports.js';

const story = { windows: 5, eventsPerWindow: 500 };
const reports = windowReports(story);
const state = withWindows(emptyState(pageDescription(story), pageStatus(), []), storedWindows(reports));

test('events of the windows that are looked at, the largest |pull| first, with their values', () => {
  const rows = worstRows(viewOf(state, { ...HOME, range: { last: 2 } }, 400, false));
  const worst = reports.slice(-2).flatMap((report) => report.worst ?? []);
  expect(rows.length).toBe(worst.length);
  expect(Math.abs(Number(rows[0]?.['pull']))).toBe(Math.max(...worst.map(({ pull }) => Math.abs(pull))));
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'event',
    'window',
    'regime',
    'pull',
    'delta',
    ...Object.keys(worst[0]!.values),
  ]);
});

test('of one regime', () => {
  const rows = worstRows(viewOf(state, { ...HOME, regime: 1 }, 400, false));
  expect(new Set(rows.map(({ regime }) => regime))).toEqual(new Set([1]));
});

test('order: numbers by value, text by letter and number, unknown last', () => {
  const rows = [{ a: 2 }, { a: null }, { a: -1 }, { a: 10 }];
  const by = (descending: boolean) => inOrder(rows, { column: 'a', descending }).map(({ a }) => a);
  expect(by(false)).toEqual([-1, 2, 10, null]);
  expect(by(true)).toEqual([10, 2, -1, null]);
  const names = [{ a: 'e10' }, { a: 'e9' }];
  expect(inOrder(names, { column: 'a', descending: false }).map(({ a }) => a)).toEqual(['e9', 'e10']);
  expect(inOrder(rows, null)).toBe(rows);
});
