import { expect, test } from 'vitest';
import { isShown, restoreWindows, showWindow, windowsFrom } from '../../../runtime/watch/shown_windows.js';
import type { StoredWindow } from '../../../schemas/page.js';
import { chainAfter } from '../../../sinks/history/links.js';
import { windowReports } from '../../support/window_reports.js';

/** Windows that are linked by their chains; other events have other ones. */
function streamOf(seed: number, windows: number, models = 'm'): StoredWindow[] {
  let chain = '';
  return windowReports({ windows, eventsPerWindow: 50, seed }).map((report) => {
    const linked = { ...report, models };
    chain = chainAfter(chain, linked);
    return { at: 1, run: 'r', report: { ...linked, chain } };
  });
}
const one = streamOf(1, 8);
const other = streamOf(2, 8);

async function shownOf(...windows: readonly StoredWindow[]) {
  const shown = await restoreWindows('p', null, null);
  for (const window of windows) await showWindow(shown, window);
  return shown;
}

test('each window once', async () => {
  const shown = await shownOf(...one.slice(0, 4));
  expect(isShown(shown, one[2]!.report)).toBe(true);
  expect(await showWindow(shown, one[2]!)).toBe(false);
  expect(await windowsFrom(shown, 2)).toEqual(one.slice(2, 4));
});

test('a window that differs takes the place of what was there, and of what it does not follow', async () => {
  const branch = streamOf(1, 8, 'm');
  const last = branch[5]!.report;
  const changed = { ...last, events: 1 };
  const report = { ...changed, chain: chainAfter(branch[4]!.report.chain, changed) };
  const shown = await shownOf(...one, { ...branch[5]!, report });
  expect(shown.windows.map(({ report: { chain } }) => chain)).toEqual([
    ...one.slice(0, 5).map((each) => each.report.chain),
    report.chain,
  ]);
  expect((await shownOf(...one, other[5]!)).windows).toEqual([other[5]]);
});

test('after a gap those of the same models stay', async () => {
  expect((await shownOf(one[0]!, one[5]!)).windows).toEqual([one[0], one[5]]);
  const later = { ...one[5]!, report: { ...one[5]!.report, models: 'others' } };
  expect((await shownOf(one[0]!, later)).windows).toEqual([later]);
});
