import type { PageAlert, PageDescription, PageStatus, StoredWindow } from '../../../schemas/page.js';
import type { Range } from './address.js';
import {
  emptyState,
  goesOn,
  isSlim,
  lastIndex,
  MOST_DETAILED,
  MOST_LEARNED,
  withAlerts,
  withLearned,
  withLink,
  withStatus,
  withVisited,
  withWindows,
  type State,
} from './store.js';

/** Windows that the first view has: a few hundred kilobytes. Older ones follow. */
const FIRST = 24;
const PAGE = 120;
/** Pages of older windows that the strip begins with. */
const MOST_OLDER = 3;
/** Pages that are asked for on the way to a window. */
const MOST_PAGES = 8;
const RETRY_MS = [250, 500, 1000, 2000, 4000];

async function ask<T>(path: string): Promise<T> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as T;
}

const windowsFrom = (from: number, most: number): Promise<StoredWindow[]> =>
  ask(`/api/windows?from=${from}&most=${most}`);

/** The state of the server now, with the last windows and those that the checks learned from. */
async function load(): Promise<State> {
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
async function missed(state: State): Promise<StoredWindow[] | null> {
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

/**
 * Keeps a state as the server's: loads it, hears the stream, and after a loss asks for what was missed. Windows that do
 * not go on from ours (the stream was begun anew) take the place of ours. `changed` gets every new state.
 */
export function connect(changed: (state: State) => void): { visit: (ranges: readonly (Range | null)[]) => void } {
  let state: State | null = null;
  let failures = 0;
  const put = (next: State): void => {
    state = next;
    changed(next);
  };

  const resume = async (): Promise<State> => {
    if (!state) return load();
    const description = await ask<PageDescription>('/api/description');
    if (description.version !== state.description.version) return withLink(state, 'old');
    const same = description.pipelineHash === state.description.pipelineHash;
    const windows = same ? await missed(state) : null;
    return windows ? withWindows(withLink({ ...state, description }, 'open'), windows) : load();
  };

  const retry = (): void => {
    if (state) put(withLink(state, 'lost'));
    setTimeout(() => void open(), RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
    failures += 1;
  };

  async function open(): Promise<void> {
    try {
      put(await resume());
    } catch {
      retry();
      return;
    }
    if (state?.link === 'old') return;
    listen(lastIndex(state!) + 1);
    if (failures === 0) void older();
    failures = 0;
  }

  function listen(from: number): void {
    const stream = new EventSource(`/api/stream?from=${from}`);
    const on = (name: string, apply: (state: State, data: unknown) => State): void => {
      stream.addEventListener(name, (event: MessageEvent<string>) => {
        if (state) put(apply(state, JSON.parse(event.data)));
      });
    };
    on('window', (before, window) => withWindows(before, [window as StoredWindow]));
    on('status', (before, status) => withStatus(before, status as PageStatus));
    on('alerts', (before, alerts) => withAlerts(before, alerts as PageAlert[]));
    stream.onerror = () => {
      // The browser would try again by itself, without asking whether the stream is still ours.
      stream.close();
      retry();
    };
  }

  /** Windows before those of the first view. */
  async function older(): Promise<void> {
    try {
      for (let page = 0; page < MOST_OLDER && state; page++) {
        const first = state.windows[0]?.report.index ?? 0;
        if (first === 0) return;
        const from = Math.max(0, first - PAGE);
        const before = await windowsFrom(from, first - from);
        // What has come meanwhile is in the state as it is now.
        put(withOlder(state, before));
      }
    } catch {
      // The stream notices that the server is gone.
    }
  }

  let visiting = '';
  /** Asks for windows that ranges name and that are not held with their details: once for the same ranges. */
  const visit = (ranges: readonly (Range | null)[]): void => {
    const before = state;
    if (!before) return;
    const spans = ranges.filter((range) => range !== null && !('last' in range) && isMissing(before, range)) as Span[];
    const key = JSON.stringify(spans);
    if (spans.length === 0 || key === visiting) return;
    visiting = key;
    Promise.all(spans.map((span) => windowsOf(before, span))).then(
      (found) => {
        if (state && visiting === key) put(withVisited(state, found.flat()));
      },
      () => {
        visiting = '';
      },
    );
  };

  void open();
  return { visit };
}

interface Span {
  readonly first: number;
  readonly to: number;
}

/** Whether windows of a span are older than what is held, or have lost their details. */
function isMissing({ windows, visited }: State, { first, to }: Span): boolean {
  const [oldest, held] = [windows[0], new Set(visited.map(({ report }) => report.index))];
  if (!oldest) return false;
  const slim = windows.some(
    (window) =>
      window.report.window >= first && window.report.window <= to && isSlim(window) && !held.has(window.report.index),
  );
  return slim || (first < oldest.report.window && oldest.report.index > 0);
}

/** Windows of a span of numbers. The server knows them by index, which rises no faster than the number. */
async function windowsOf({ windows }: State, { first, to }: Span): Promise<StoredWindow[]> {
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

/** With windows that come right before the held ones. */
function withOlder(state: State, before: readonly StoredWindow[]): State {
  const first = state.windows[0]?.report.index;
  if (before.at(-1)?.report.index !== (first ?? NaN) - 1) return state;
  return withWindows({ ...state, windows: [] }, [...before, ...state.windows]);
}

/** Returns what went wrong, in words; undefined: it is done, and the stream tells of it. */
export async function acknowledge(id: string, note: string): Promise<string | undefined> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ note });
  try {
    const response = await fetch(`/api/alerts/${encodeURIComponent(id)}/acknowledge`, {
      method: 'POST',
      headers,
      body,
    });
    return response.ok ? undefined : ((await response.json()) as { error: string }).error;
  } catch {
    return 'the server does not answer';
  }
}
