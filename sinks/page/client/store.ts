import type { PageAlert, PageDescription, PageStatus, ServedReference, StoredWindow } from '../../../schemas/page.js';

export type Link = 'open' | 'lost' | 'old';

/** What the page knows. Plain data; every function here returns another one. */
export interface State {
  readonly description: PageDescription;
  /** Rising in report.index, without a gap; the last `MOST_WINDOWS`, of which the older ones have lost their details. */
  readonly windows: readonly StoredWindow[];
  readonly status: PageStatus;
  /** Windows that the checks learned from, with all their details. */
  readonly learned: readonly StoredWindow[];
  /** Windows that an address names and that are not held, or not with their details; rising. */
  readonly visited: readonly StoredWindow[];
  /** What was set in the history to be compared with; null: it has not come yet. */
  readonly reference: ServedReference | null;
  /** Newest first. */
  readonly alerts: readonly PageAlert[];
  /** old: the server is of another version or pipeline, and the page has to be loaded anew. */
  readonly link: Link;
}

/** Windows that are kept of those that the checks learned from. */
export const MOST_LEARNED = 20;

/** Windows that are held, and those of them that keep their distributions, grid and events. */
export const MOST_WINDOWS = 1500;
export const MOST_DETAILED = 240;

export const emptyState = (description: PageDescription, status: PageStatus, alerts: readonly PageAlert[]): State => ({
  description,
  windows: [],
  status,
  learned: [],
  visited: [],
  reference: null,
  alerts,
  link: 'open',
});

export const lastIndex = ({ windows }: State): number => windows.at(-1)?.report.index ?? -1;

/** A window without what only figures of it alone need. */
function slim(window: StoredWindow): StoredWindow {
  const { distributions, grid, worst, ...report } = window.report;
  return distributions || grid || worst ? { ...window, report } : window;
}

export const isSlim = ({ report }: StoredWindow): boolean => !report.distributions && !report.grid && !report.worst;

/** Whether the checks were still learning when a window closed. */
const isLearned = ({ report }: StoredWindow): boolean => report.regimes.every(({ reference }) => !reference);

/** With the windows from the first one on that the checks learned from, of those that have come. */
export function withLearned(state: State, come: readonly StoredWindow[]): State {
  const learned = [...state.learned];
  for (const window of come) {
    if (window.report.index === learned.length && learned.length < MOST_LEARNED && isLearned(window))
      learned.push(window);
  }
  return learned.length === state.learned.length ? state : { ...state, learned };
}

/**
 * With windows that have come, rising. One that is held already is left out, unless it brings back details that the
 * held one has lost; after a gap (of what is no longer to be had) the older ones go, so that the rest has none.
 */
export function withWindows(state: State, come: readonly StoredWindow[]): State {
  let held = [...state.windows];
  for (const window of come) {
    const first = held[0]?.report.index ?? window.report.index;
    const at = window.report.index - first;
    if (at > held.length) held = [window];
    else if (at === held.length) held.push(window);
    else if (at >= 0 && isSlim(held[at]!)) held[at] = window;
  }
  held = held.slice(-MOST_WINDOWS);
  // Only what has just grown old is touched: the others were made slim before.
  const old = held.length - MOST_DETAILED;
  for (let i = Math.max(0, old - come.length); i < old; i++) held[i] = slim(held[i]!);
  return withLearned({ ...state, windows: held }, come);
}

/** With windows that come right before the held ones. */
export function withOlder(state: State, before: readonly StoredWindow[]): State {
  const first = state.windows[0]?.report.index;
  if (before.at(-1)?.report.index !== (first ?? NaN) - 1) return state;
  return withWindows({ ...state, windows: [] }, [...before, ...state.windows]);
}

/**
 * Whether windows of the server go on from those that are held: its window of our last index is ours, by its chain. A
 * server that no longer has that one is believed if it has closed as many.
 */
export function goesOn(state: State, served: readonly StoredWindow[], closed: number): boolean {
  const last = state.windows.at(-1);
  const first = served[0];
  if (!last) return true;
  if (first?.report.index === last.report.index) return first.report.chain === last.report.chain;
  return closed > last.report.index;
}

/** With windows that were asked for because an address names them, instead of those before. */
export function withVisited(state: State, come: readonly StoredWindow[]): State {
  const byIndex = new Map(come.map((window) => [window.report.index, window]));
  return { ...state, visited: [...byIndex.values()].sort((a, b) => a.report.index - b.report.index) };
}

/** All windows that there are, rising, each with its details if they are anywhere; there may be a gap before the held. */
export function allWindows({ windows, visited }: State): readonly StoredWindow[] {
  if (visited.length === 0) return windows;
  const first = windows[0]?.report.index ?? Infinity;
  const details = new Map(visited.map((window) => [window.report.index, window]));
  const older = visited.filter(({ report }) => report.index < first);
  return [...older, ...windows.map((window) => details.get(window.report.index) ?? window)];
}

export const withStatus = (state: State, status: PageStatus): State => ({ ...state, status });
export const withAlerts = (state: State, alerts: readonly PageAlert[]): State => ({ ...state, alerts });
export const withReference = (state: State, reference: ServedReference): State => ({ ...state, reference });
export const withLink = (state: State, link: Link): State => (state.link === link ? state : { ...state, link });
