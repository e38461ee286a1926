import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../operators/problem.js';
import type { StoredWindow } from '../../schemas/page.js';
import type { KafkaLog } from '../../sources/kafka/types.js';
import { beginReports, readReports, type ReportsLog, type ReportsTail, type Wanted } from './reports_tail.js';

/** Who takes the windows of the group, whichever worker closed them: a page, a history. */
export interface WindowTaker {
  readonly wanted: () => Wanted;
  /** One at a time, in the order of the log; one that is there already is for it to leave out. */
  readonly take: (window: StoredWindow) => Promise<unknown>;
  /** What had been closed before is taken, or is not to be had. Called more than once. */
  readonly caughtUp: () => void;
}

export interface FollowOptions extends Omit<ReportsLog, 'log'> {
  readonly open: () => KafkaLog;
  /** No more will be written: it resolves at the end of the log. */
  readonly over: () => boolean;
  /** Ends it soon: what had been closed before it began is not read to its end then. */
  readonly leaving: AbortSignal;
  readonly signal: AbortSignal;
}

const WAIT_MS = 500;
const MOST_WAIT_MS = 30_000;

/**
 * Gives the closed windows of the group to `taker` as they come into the reports' topic. Rejects with what `taker` throws
 * alone: a topic that cannot be read is told, and tried again, as no worker is to end or stall for want of it.
 */
export async function followWindows(options: FollowOptions, taker: WindowTaker): Promise<void> {
  const { topic, pipelineHash, notice, signal } = options;
  let log = options.open();
  let tail: ReportsTail | null = null;
  let [told, failures] = ['', 0];
  try {
    for (;;) {
      // Asked before it is read: what was written till then is below the end that is seen.
      const over = options.over();
      let windows: StoredWindow[];
      try {
        const from = { log, topic, pipelineHash, notice };
        tail ??= await beginReports(from, taker.wanted());
        windows = await readReports(from, tail);
        failures = 0;
      } catch (error) {
        if (over || signal.aborted) return;
        const line = messageOf(error);
        if (line !== told) notice(`windows of the group: ${line}`);
        told = line;
        taker.caughtUp();
        await log.close();
        log = options.open();
        tail = null;
        await pause(Math.min(MOST_WAIT_MS, WAIT_MS * 2 ** failures++), undefined, { signal }).catch(() => undefined);
        continue;
      }
      for (const window of windows) {
        tellGap(taker.wanted(), window, options);
        await taker.take(window);
        // Who asks for the page, and the group's heartbeat, get their turn between many of them.
        await breathe();
      }
      const isPast = tail.position < tail.past;
      if (!isPast) taker.caughtUp();
      if (signal.aborted || (over && (tail.position >= tail.end || (isPast && options.leaving.aborted)))) return;
    }
  } finally {
    await log.close();
  }
}

/** Says from which window on there is something to show, where that is neither the first nor the next. */
function tellGap({ last, most }: Wanted, { report: { index } }: StoredWindow, { topic, notice }: FollowOptions): void {
  if (last === null && index > 0 && most > 0) notice(`page and history begin with window ${index} (by index)`);
  if (last === null || index <= last.index + 1) return;
  const which = index === last.index + 2 ? `window ${index - 1}` : `windows ${last.index + 1} to ${index - 1}`;
  notice(`topic ${topic}: has lost ${which} (by index): page and history go on with window ${index}`);
}
