import type { StoredWindow } from '../../../schemas/page.js';
import type { Span } from './address.js';
import { PAGE, windowsFrom } from './server.js';
import { isSlim, MOST_DETAILED, type State } from './store.js';

/** Pages that are asked for on the way to a window. */
const MOST_PAGES = 8;

/** Whether windows of a span are older than what is held, or have lost their details. */
export function isMissing({ windows, visited }: State, { first, to }: Span): boolean {
  const [oldest, held] = [windows[0], new Set(visited.map(({ report }) => report.index))];
  if (!oldest) return false;
  const slim = windows.some(
    (window) =>
      window.report.window >= first && window.report.window <= to && isSlim(window) && !held.has(window.report.index),
  );
  return slim || (first < oldest.report.window && oldest.report.index > 0);
}

/** Windows of a span of numbers. The server knows them by index, which rises no faster than the number. */
export async function windowsOf({ windows }: State, { first, to }: Span): Promise<StoredWindow[]> {
  const near = windows.find(({ report }) => report.window >= first)?.report;
  const found: StoredWindow[] = [];
  let from = near ? Math.max(0, near.index - (near.window - first)) : 0;
  for (let page = 0; page < MOST_PAGES && found.length < MOST_DETAILED; page++) {
    const come = await windowsFrom(from, PAGE);
    found.push(...come.filter(({ report }) => report.window >= first && report.window <= to));
    const last = come.at(-1)?.report;
    if (come.length < PAGE || !last || last.window >= to) break;
    from = last.index + 1;
  }
  return found.slice(0, MOST_DETAILED);
}
