import type { AlertRule, RecordingRule } from '../../operators/alerts/types.js';
import type { WindowReport } from '../../schemas/window_report.js';
import type {
  HistoryStore,
  PageAlert,
  PageDescription,
  PageFeed,
  PageNews,
  PageStatus,
  StoredWindow,
} from '../../schemas/page.js';
import { countWindow, NO_WINDOWS } from '../../sinks/prometheus/count_window.js';
import { exposition } from '../../sinks/prometheus/exposition.js';
import type { Family } from '../../sinks/prometheus/family.js';
import { samplesOf } from '../../sinks/prometheus/samples.js';
import { windowFamilies } from '../../sinks/prometheus/window_families.js';
import { workerFamilies } from '../../sinks/prometheus/worker_families.js';
import { createBoard } from '../alerts/board.js';
import type { FeedFacts } from './feed_facts.js';
import { pageProbes } from './page_probes.js';
import { rateOf, remember, type Reading } from './rate.js';
import { restoreWindows, showWindow, windowsFrom } from './shown_windows.js';
import { verdictOf } from './verdict.js';

export interface FeedOptions {
  readonly description: PageDescription;
  readonly rules: readonly AlertRule[];
  readonly records: readonly RecordingRule[];
  /** How the links to runbooks begin. */
  readonly runbooks: string;
  readonly history: HistoryStore | null;
  /** Index of the window to come: what the history has below it is shown; null: not known, all that it has is. */
  readonly next: number | null;
  /** Of this process. */
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How the stream is; null: it has not begun. */
  readonly facts: () => FeedFacts | null;
  readonly injection: PageStatus['injection'];
  /** A window is in the history, before the alerts have seen it. */
  readonly onWindow: (report: WindowReport) => void;
  /** Alerts that fired or ended. */
  readonly onAlerts: (changed: readonly PageAlert[]) => void;
  readonly notice: (line: string) => void;
}

export interface Feed extends PageFeed {
  /** Takes a closed window; when it resolves, history and alerts have it. False: it was there already. */
  readonly take: (report: WindowReport) => Promise<boolean>;
  /** What is to be done once a second: rate, and alerts on what does not come. */
  readonly tick: () => void;
  readonly lastWindow: () => WindowReport | null;
}

const ALERTS_KEPT = 500;
const ELSEWHERE = {
  verdict: 'null',
  why: 'this worker closes no windows now: another one of the group does, and has their page',
} as const;

/** What a page, a scrape and the alert board see of a stream, whether a broker or this process runs it. */
export async function createFeed(options: FeedOptions): Promise<Feed> {
  const { description, history, now, facts, notice } = options;
  const { pipeline } = description;
  const shown = await restoreWindows(pipeline, history, options.next);
  const restored = await restoreAlerts(options);
  const board = createBoard({ ...options, restored });
  const listeners = new Set<(news: PageNews) => void>();
  let readings: readonly Reading[] = [];
  // Of windows that are all known: a counter that begins anew begins at 0.
  let counts = (shown.windows[0]?.report.index === 0 ? shown.windows : []).reduce(
    (before, { report }) => countWindow(before, report),
    NO_WINDOWS,
  );
  let judged = { verdict: 'null' as PageStatus['verdict'], since: shown.windows.at(-1)?.at ?? null };

  const tell = (news: PageNews): void => {
    for (const listener of listeners) listener(news);
  };
  const last = (): StoredWindow | undefined => shown.windows.at(-1);
  /** Another worker closes the windows: those that are known here grow old, and nothing is said of them any more. */
  const isElsewhere = (known = facts()): boolean => known?.keeper === null;
  const families = (): Family[] => {
    const known = facts();
    const window = isElsewhere(known) ? undefined : last();
    return [
      ...(known
        ? workerFamilies({
            ...known,
            counts: known.counts ?? (known.keeper ? counts : null),
            keeper: known.keeper && {
              ...known.keeper,
              // What the history has is durable too.
              windows: Math.max(known.keeper.windows, history && window ? window.report.index + 1 : 0),
            },
            correction: window?.report.correction ?? null,
            closedAt: window?.at ?? null,
            version: description.version,
          })
        : []),
      ...(window ? windowFamilies(window.report) : []),
    ];
  };
  const verdict = () => {
    const found = isElsewhere() ? ELSEWHERE : verdictOf(shown.windows, board.alerts(), description.limits);
    if (found.verdict !== judged.verdict) judged = { verdict: found.verdict, since: now() };
    return found;
  };
  const evaluate = (): void => {
    if (isElsewhere()) return;
    const scrape = { time: now() / 1000, samples: samplesOf(families(), { pipeline }) };
    const { changed } = board.update(scrape, last()?.report.window ?? null);
    verdict();
    if (changed.length === 0) return;
    for (const alert of changed) keep(alert);
    options.onAlerts(changed);
    tell({ kind: 'alerts' });
  };
  const keep = (alert: PageAlert): void => {
    history?.putAlert(alert).catch((error: unknown) => {
      notice(`history: an alert was not kept: ${String(error)}`);
    });
  };
  // What fired before the restart goes on with the last window that is known.
  if (restored.some(({ state }) => state === 'firing')) evaluate();
  const status = (): PageStatus => {
    const known = facts();
    const window = last()?.report;
    const labelOf = (regime: number): string =>
      window?.regimes.find((row) => row.regime === regime)?.label ?? String(regime);
    const { read = 0, used = 0, late = 0, duplicate = 0, rejected = {} } = known?.events ?? {};
    const lags = known?.partitions.flatMap(({ lag }) => (lag === null ? [] : [lag])) ?? [];
    const ages = known?.partitions.flatMap(({ checkpointAgeSeconds: age }) => (age === null ? [] : [age])) ?? [];
    return {
      ...{ ...verdict(), since: judged.since },
      events: { read, used, late, duplicate, rejected },
      rate: known?.ended === true ? 0 : rateOf(readings),
      lag: lags.length > 0 ? lags.reduce((a, b) => a + b, 0) : null,
      checkpointAgeSeconds: ages.length > 0 ? Math.max(...ages) : null,
      windows: window ? window.index + 1 : 0,
      models: known?.models ?? null,
      correction: window?.correction ?? null,
      probes: pageProbes(known?.probes ?? [], labelOf),
      injection: options.injection,
      ended: known?.ended ?? false,
    };
  };
  return {
    description,
    status,
    alerts: board.alerts,
    windows: (from) => windowsFrom(shown, from),
    acknowledge(id, note) {
      const alert = board.acknowledge(id, note, now());
      if (alert === null) return false;
      keep(alert);
      tell({ kind: 'alerts' });
      return true;
    },
    metrics: (openMetrics = false) => exposition(families(), { pipeline }, { process: true, openMetrics }),
    ready: () => facts()?.ready === true,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async take(report) {
      const window: StoredWindow = { at: now(), run: options.run, report };
      if (!(await showWindow(shown, window))) return false;
      counts = countWindow(counts, report);
      options.onWindow(report);
      tell({ kind: 'window', window });
      evaluate();
      tell({ kind: 'status' });
      return true;
    },
    tick() {
      const known = facts();
      if (known === null || known.ended) return;
      readings = remember(readings, { at: now(), read: known.events.read });
      evaluate();
      tell({ kind: 'status' });
    },
    lastWindow: () => last()?.report ?? null,
  };
}

/** Alerts of before; those of a stream that does not go on have ended with it. */
async function restoreAlerts({ description, history, next, now }: FeedOptions): Promise<PageAlert[]> {
  const stored = (await history?.alerts(description.pipeline, ALERTS_KEPT)) ?? [];
  if (next !== 0) return stored;
  const over = { state: 'resolved', resolvedAt: now() } as const;
  return stored.map((alert) => (alert.state === 'firing' ? { ...alert, ...over } : alert));
}
