import type { StoredWindow } from '../../schemas/page.js';
import { openHistory, type History, type HistoryOptions } from '../../sinks/history/open_history.js';

/** Opens a history, and closes it whatever happens. */
export async function using<T>(
  file: string,
  work: (history: History) => Promise<T>,
  options?: HistoryOptions,
): Promise<T> {
  const history = await openHistory(file, options);
  try {
    return await work(history);
  } finally {
    await history.close();
  }
}

export async function appendAll(history: History, windows: readonly StoredWindow[]): Promise<void> {
  for (const window of windows) await history.append(window);
}
