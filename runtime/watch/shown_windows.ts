import type { HistoryStore, StoredWindow } from '../../schemas/page.js';

/** Windows kept in memory; older ones come from the history. */
const MOST = 2000;

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
  const windows = to < 0 || !history ? [] : await history.windows(pipeline, 0, to, MOST);
  return { pipeline, history, windows };
}

/**
 * Takes a window, which is durable in the history when this resolves; false: it was there already. One that differs from
 * what was there begins another stream: what was shown from its index on goes.
 */
export async function showWindow(shown: ShownWindows, window: StoredWindow): Promise<boolean> {
  await shown.history?.append(window);
  const { index, chain } = window.report;
  if (shown.windows.some(({ report }) => report.index === index && report.chain === chain)) return false;
  const before = shown.windows.filter(({ report }) => report.index < index);
  shown.windows = [...before, window].slice(-MOST);
  return true;
}

/** Windows with report.index >= from, rising. */
export async function windowsFrom({ pipeline, history, windows }: ShownWindows, from: number): Promise<StoredWindow[]> {
  const first = windows[0]?.report.index ?? 0;
  const own = windows.filter(({ report }) => report.index >= from);
  if (from >= first || !history) return own;
  return [...(await history.windows(pipeline, from, first - 1, first - from)), ...own];
}
