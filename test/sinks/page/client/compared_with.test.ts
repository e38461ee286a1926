import { expect, test } from 'vitest';
import type { StoredWindow } from '../../../../schemas/page.js';
import { comparedWith } from '../../../../sinks/page/client/compared_with.js';
import { emptyState, withReference, withWindows } from '../../../../sinks/page/client/store.js';
import { pageDescription, pageStatus, storedWindows, windowReports } from '../../../support/window_reports.js';

const story = { windows: 30, eventsPerWindow: 200 };
const windows = storedWindows(windowReports(story));
const empty = emptyState(pageDescription(story), pageStatus(), []);
const plain = withWindows(empty, windows);
const numbers = (of: readonly StoredWindow[]): number[] => of.map(({ report }) => report.window);

/** Windows of another run, under other models; `labels` of its regimes. */
const elsewhere = (labels?: readonly string[]): StoredWindow[] =>
  storedWindows(windowReports({ ...story, windows: 4, seed: 5 })).map(({ report, ...rest }) => ({
    ...rest,
    report: {
      ...report,
      ...{ chain: `other ${report.chain}`, models: 'other' },
      regimes: report.regimes.map((row) => ({ ...row, label: labels?.[row.regime] ?? row.label })),
    },
  }));
const set = (some: readonly StoredWindow[], words = 'windows 100 to 103 of epoch 1') =>
  withReference(plain, { reference: { words, windows: some }, settable: true });

test('the reference that is set, else what was learned, which can be had either way', () => {
  const learned = comparedWith(plain, 'set', [27, 29], null);
  expect(learned).toMatchObject({ words: 'windows 100 to 107 (learned from)', notes: [] });
  const some = windows.slice(10, 14);
  expect(comparedWith(set(some), 'set', [27, 29], null)).toEqual({
    windows: some,
    words: 'windows 100 to 103 of epoch 1 (the reference)',
    notes: [],
  });
  expect(comparedWith(set(some), 'learned', [27, 29], null)).toEqual(learned);
  expect(numbers(comparedWith(set(some), { first: 104, to: 106 }, [27, 29], null).windows)).toEqual([104, 105, 106]);
  expect(comparedWith(plain, { first: 4, to: 6 }, [27, 29], null).words).toBe('no windows 4 to 6');
  expect(comparedWith(empty, 'set', [0, 0], null)).toEqual({ windows: [], words: 'no earlier windows', notes: [] });
});

test('one that cannot be compared with is not used, and says why', () => {
  const of = 'windows with index 3 to 12 of epoch 1, of another content of the pipeline: bins and regimes may differ';
  const compared = comparedWith(set([], of), 'set', [27, 29], null);
  expect(compared.words).toBe('windows 100 to 107 (learned from)');
  expect(compared.notes).toEqual([`The reference that was set is not used: ${of}.`]);
});

test('windows that are selected too are told', () => {
  const { notes } = comparedWith(set(windows.slice(26, 28)), 'set', [27, 29], null);
  expect(notes).toEqual(['1 of them is selected too: the same events.']);
});

test('under other models a regime is compared with one of its name alone', () => {
  const note = 'Other models were in effect there: limits of regimes and pulls are not quite the same.';
  const alike = set(elsewhere());
  expect(comparedWith(alike, 'set', [27, 29], 2)).toMatchObject({ notes: [note] });
  expect(comparedWith(alike, 'set', [27, 29], 2).windows).toHaveLength(4);
  const turned = set(elsewhere(['low H_T, close', 'low H_T, wide', 'high H_T, wide', 'high H_T, close']));
  expect(comparedWith(turned, 'set', [27, 29], null).windows).toHaveLength(4);
  expect(comparedWith(turned, 'set', [27, 29], 0).windows).toHaveLength(4);
  expect(comparedWith(turned, 'set', [27, 29], 2)).toMatchObject({
    windows: [],
    notes: [note, 'In 4 of them regime 2 was another one: they are left out.'],
  });
});
