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
import { samplesOf } from '../../sinks/prometheus/samples.js';
import { createBoard } from '../alerts/board.js';
import { boardFamilies, pastFamilies, scrapeFamilies, type Told } from './feed_families.js';
import type { FeedFacts } from './feed_facts.js';
import { feedReference } from './feed_reference.js';
import { remember, type Reading } from './rate.js';
import { restoreAlerts } from './restore_alerts.js';
import { isShown, restoreWindows, showWindow, windowsFrom } from './shown_windows.js';
import { streamStatus } from './stream_status.js';
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
  /** Windows that were closed before come first, till `caughtUp`: nothing is said of the stream until then. */
  readonly follows?: boolean;
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
  /**
   * Takes a closed window; when it resolves, history and alerts have it. False: it was there already. `closing`: who closed
   * it and when, if not this process now.
   */
  readonly take: (report: WindowReport, closing?: Pick<StoredWindow, 'at' | 'run'>) => Promise<boolean>;
  /** What is taken from now on happens now. */
  readonly caughtUp: () => void;
  readonly isCaughtUp: () => boolean;
  /** Whether it has been taken. */
  readonly has: (report: WindowReport) => boolean;
  /** What is to be done once a second: rate, and alerts on what does not come. */
  readonly tick: () => void;
  readonly lastWindow: () => WindowReport | null;
}

const PAST = { verdict: 'null', why: 'the windows that were closed before are still being read' } as const;
/** Alerts are looked at so often, in milliseconds (see `tick`). */
const TICK_MS = 1000;

/** What a page, a scrape and the alert board see of a stream, whether a broker or this process runs it. */
export async function createFeed(options: FeedOptions): Promise<Feed> {
  const { description, history, now, facts, notice } = options;
  const { pipeline } = description;
  const shown = await restoreWindows(pipeline, history, options.next);
  const restored = await restoreAlerts(history, pipeline, options.next, now());
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
  let past = options.follows === true;
  let events: FeedFacts['events'] | null = null;
  const told = (): Told => ({
    ...{ facts: facts(), window: last(), counts, kept: history !== null, version: description.version },
  });
  const verdict = () => {
    const found = past ? PAST : verdictOf(shown.windows, board.alerts(), description.limits);
    if (found.verdict !== judged.verdict) judged = { verdict: found.verdict, since: now() };
    return found;
  };
  const evaluate = (at = now()): void => {
    const known = told();
    if (known.facts && known.facts.takenUp !== false) ({ events } = known.facts);
    const families = past ? pastFamilies(known) : boardFamilies(known, events);
    const { changed } = board.update(
      { time: at / 1000, samples: samplesOf(families, { pipeline }) },
      last()?.report.window ?? null,
    );
    for (const alert of changed) keep(alert);
    if (past) return;
    verdict();
    if (changed.length === 0) return;
    options.onAlerts(changed);
    tell({ kind: 'alerts' });
  };
  const keep = (alert: PageAlert): void => {
    history?.putAlert(alert).catch((error: unknown) => {
      notice(`history: an alert was not kept: ${String(error)}`);
    });
  };
  // What fired before the restart goes on with the last window that is known.
  if (!past && restored.some(({ state }) => state === 'firing')) evaluate();
  const status = (): PageStatus => ({
    ...{ ...verdict(), since: judged.since, injection: options.injection },
    ...streamStatus(facts(), last()?.report, readings),
  });
  return {
    description,
    status,
    alerts: board.alerts,
    windows: (from) => windowsFrom(shown, from),
    ...feedReference(history, pipeline, () => {
      tell({ kind: 'reference' });
    }),
    acknowledge(id, note) {
      const alert = board.acknowledge(id, note, now());
      if (alert === null) return false;
      keep(alert);
      tell({ kind: 'alerts' });
      return true;
    },
    metrics(openMetrics = false) {
      const known = told();
      // What is not all counted yet would seem to rise.
      const families = scrapeFamilies(past ? { ...known, window: undefined, counts: null } : known);
      return exposition(families, { pipeline }, { process: true, openMetrics });
    },
    ready: () => facts()?.ready === true,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async take(report, { at, run } = { at: now(), run: options.run }) {
      // A clock that is ahead elsewhere is not to bring the future here.
      const window: StoredWindow = { at: Math.min(at || now(), now()), run, report };
      // What came of waiting for it, as ticks would have found.
      if (past && !isShown(shown, report) && window.at - (last()?.at ?? Infinity) > TICK_MS) evaluate(window.at - 1);
      if (!(await showWindow(shown, window))) return false;
      // Of windows of before all are counted or none, as whoever counted here last did.
      if (!past || report.index === counts.windows) counts = countWindow(counts, report);
      options.onWindow(report);
      tell({ kind: 'window', window });
      evaluate(window.at);
      tell({ kind: 'status' });
      return true;
    },
    caughtUp() {
      if (!past) return;
      past = false;
      evaluate();
      tell({ kind: 'alerts' });
      tell({ kind: 'status' });
    },
    isCaughtUp: () => !past,
    has: (report) => isShown(shown, report),
    tick() {
      const known = facts();
      if (known === null || known.ended) return;
      readings = remember(readings, { at: now(), read: known.events.read });
      if (!past) evaluate();
      tell({ kind: 'status' });
    },
    lastWindow: () => last()?.report ?? null,
  };
}
