import type { HistoryStore, StoredWindow } from '../../schemas/page.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { follows } from '../../sinks/history/links.js';

/** Windows kept in memory; older ones come from the history. */
export const MOST_SHOWN = 2000;

/** The windows of a stream as they are shown: rising, without a gap where the history has them, none twice. */
export interface ShownWindows {
  readonly pipeline: string;
  readonly history: HistoryStore | null;
  /** Rising by index. */
  windows: StoredWindow[];
}

/**
 * Takes up what the history has of the stream. `next`: index of the window to come, so that those of another stream that
 * began anew are not taken for this one's; null: not known.
 */
export async function restoreWindows(
  pipeline: string,
  history: HistoryStore | null,
  next: number | null,
): Promise<ShownWindows> {
  const to = (next ?? Number.MAX_SAFE_INTEGER) - 1;
  const windows = to < 0 || !history ? [] : await history.windows(pipeline, 0, to, MOST_SHOWN);
  return { pipeline, history, windows };
}

/** Whether a window is among those that are shown. */
export const isShown = ({ windows }: ShownWindows, { index, chain }: WindowReport): boolean =>
  windows.some(({ report }) => report.index === index && report.chain === chain);

/**
 * Takes a window, which is durable in the history when this resolves; false: it was there already. One that differs from
 * what was there begins another stream: what was shown from its index on goes, and if that does not lead to it, all goes.
 */
export async function showWindow(shown: ShownWindows, window: StoredWindow): Promise<boolean> {
  await shown.history?.append(window);
  const { report } = window;
  if (isShown(shown, report)) return false;
  const before = shown.windows.filter((each) => each.report.index < report.index);
  const replaces = before.length < shown.windows.length;
  shown.windows = [...(isOther(before.at(-1)?.report, report, replaces) ? [] : before), window].slice(-MOST_SHOWN);
  return true;
}

/** Whether a window is of another stream than the last before it. Where some are missing in between, the models tell. */
function isOther(before: WindowReport | undefined, report: WindowReport, replaces: boolean): boolean {
  if (before === undefined) return false;
  if (replaces) return !follows(before.chain, report);
  return before.index + 1 < report.index && before.models !== report.models;
}

/** Windows with report.index >= from, rising. */
export async function windowsFrom({ pipeline, history, windows }: ShownWindows, from: number): Promise<StoredWindow[]> {
  const first = windows[0]?.report.index ?? 0;
  const own = windows.filter(({ report }) => report.index >= from);
  if (from >= first || !history) return own;
  return [...(await history.windows(pipeline, from, first - 1, first - from)), ...own];
}
