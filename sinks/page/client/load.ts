import type { PageAlert, PageDescription, PageStatus, StoredWindow } from '../../../schemas/page.js';
import { ask, PAGE, windowsFrom } from './server.js';
import { emptyState, goesOn, lastIndex, MOST_LEARNED, withLearned, withWindows, type State } from './store.js';

/** Windows that the first view has: a few hundred kilobytes. Older ones follow. */
const FIRST = 24;

/** The state of the server now, with the last windows and those that the checks learned from. */
export async function load(): Promise<State> {
  const [description, status, alerts] = await Promise.all([
    ask<PageDescription>('/api/description'),
    ask<PageStatus>('/api/status'),
    ask<PageAlert[]>('/api/alerts'),
  ]);
  const from = Math.max(0, status.windows - FIRST);
  const [learned, windows] = await Promise.all([
    from === 0 ? [] : windowsFrom(0, MOST_LEARNED),
    windowsFrom(from, FIRST),
  ]);
  return withWindows(withLearned(emptyState(description, status, alerts), learned), windows);
}

/** Windows from our last one on, itself included: whether they go on from ours is seen by it. */
export async function missed(state: State): Promise<StoredWindow[] | null> {
  const { windows } = await ask<PageStatus>('/api/status');
  const found: StoredWindow[] = [];
  for (let from = Math.max(0, lastIndex(state)); ;) {
    const page = await windowsFrom(from, PAGE);
    if (found.length === 0 && !goesOn(state, page, windows)) return null;
    found.push(...page);
    if (page.length < PAGE) return found;
    from = page.at(-1)!.report.index + 1;
  }
}
