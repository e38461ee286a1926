import type { EventLoop } from './event_loop.js';

/** What is done about a stall: the lines say since when, and what is behind. */
export interface Bite {
  readonly restart: (line: string) => void;
  readonly giveUp: (line: string) => void;
}

/** Stalls in a row after which opening the connection anew is no use. */
const PATIENCE = 3;

/**
 * Watches progress, not heartbeats: a reader can stand still while its heartbeats go on. A loop that does not come round,
 * or that has something to read and reads nothing for `stallMs`, has stalled.
 */
export function openWatchdog(clock: () => number, stallMs: number) {
  let loop: EventLoop | null = null;
  let seen = '';
  let since = clock();
  let bites = 0;
  return {
    /** Called when the loop has come round. */
    look(now: EventLoop): void {
      loop = now;
      const positions = [...now.owned.values()].map(({ partition, position }) => `${partition.id}:${position}`).join();
      const behind = lagOf(now) > 0 && now.waiting.size < now.owned.size;
      if (behind && positions === seen) return;
      if (positions !== seen) bites = 0;
      seen = positions;
      since = clock();
    },
    check({ restart, giveUp }: Bite): void {
      const silent = clock() - since;
      if (loop === null || silent < stallMs) return;
      bites++;
      const line = `live: nothing was read for ${Math.round(silent / 1000)} s, ${lagOf(loop)} messages are waiting`;
      since = clock();
      if (bites < PATIENCE) restart(`${line}; the connection is opened anew`);
      else giveUp(`${line}, and opening the connection anew did not help; start the worker again`);
    },
  };
}

/** Messages that are in the log and were not read. */
export const lagOf = ({ owned }: EventLoop): number =>
  [...owned.values()].reduce((sum, { end, position }) => sum + (end === Infinity ? 0 : Math.max(0, end - position)), 0);
