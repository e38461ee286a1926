import type { PageAlert, PageFeed, PageNews, PageReference, PageStatus, StoredWindow } from '../../schemas/page.js';
import {
  pageAlert,
  pageDescription,
  pageStatus,
  storedWindows,
  windowReports,
  type Story,
} from '../support/window_reports.js';

export interface StandIn {
  readonly feed: PageFeed;
  /** Closes the next n windows of the story, one after the other. */
  readonly close: (n: number) => void;
  readonly setStatus: (more: Partial<PageStatus>) => void;
  readonly setAlerts: (alerts: readonly PageAlert[]) => void;
  /** As of another run; null: none. */
  readonly setReference: (reference: PageReference | null) => void;
  readonly listeners: () => number;
}

/** The windows of a story, with the time of this computer. */
export const storyWindows = (story: Story): readonly StoredWindow[] =>
  storedWindows(windowReports(story), Date.now() - 1000 * story.windows);

/** A feed whose windows, verdict and alerts a test sets. `held` is what a restarted server would find in its history. */
export function standIn(story: Story, windows: readonly StoredWindow[], held = 0): StandIn {
  let closed = held;
  let status: Partial<PageStatus> = {};
  let alerts: readonly PageAlert[] = [];
  let reference: PageReference | null = null;
  const listeners = new Set<(news: PageNews) => void>();
  const tell = (news: PageNews): void => {
    for (const listener of listeners) listener(news);
  };
  const refer = (next: PageReference | null): void => {
    reference = next;
    tell({ kind: 'reference' });
  };
  const feed: PageFeed = {
    description: pageDescription(story),
    status: () =>
      pageStatus({
        since: Date.now() - 65_000,
        windows: closed,
        correction: windows[closed - 1]?.report.correction ?? null,
        ...status,
      }),
    alerts: () => alerts,
    windows: (from) => Promise.resolve(windows.slice(from, closed)),
    reference: () => Promise.resolve(reference),
    setReference: ({ from, to, chain }) => {
      if (to >= closed || windows[to]?.report.chain !== chain) return Promise.resolve(false);
      const some = windows.slice(from, to + 1);
      const [first, last] = [some[0]!.report.window, some.at(-1)!.report.window];
      refer({ words: `windows ${first} to ${last} of epoch 1`, windows: some });
      return Promise.resolve(true);
    },
    acknowledge: (id, note) => {
      const known = alerts.some((alert) => alert.id === id);
      alerts = alerts.map((alert) => (alert.id === id ? { ...alert, acknowledged: { at: Date.now(), note } } : alert));
      tell({ kind: 'alerts' });
      return known;
    },
    metrics: () => Promise.resolve('x 1\n'),
    ready: () => closed > 0,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    feed,
    close: (n) => {
      for (let i = 0; i < n && closed < windows.length; i++) {
        closed += 1;
        tell({ kind: 'window', window: windows[closed - 1]! });
      }
      tell({ kind: 'status' });
    },
    setStatus: (more) => {
      status = more;
      tell({ kind: 'status' });
    },
    setAlerts: (next) => {
      alerts = next;
      tell({ kind: 'alerts' });
    },
    setReference: refer,
    listeners: () => listeners.size,
  };
}

/** An alert that fired at a window of a story, as of now. */
export const alertAt = (window: number, resolved: number | null = null, more: Partial<PageAlert> = {}): PageAlert => {
  const at = Date.now() - 60_000;
  const over = resolved === null ? null : at + 30_000;
  return pageAlert(window, resolved, { activeAt: at, firedAt: at, resolvedAt: over, ...more });
};
