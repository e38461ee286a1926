import { Problem } from '../../operators/problem.js';

/** The `lateness + 1` highest distinct window numbers that a log has shown so far, rising. Plain data. */
export interface Floor {
  readonly lateness: number;
  readonly top: number[];
}

/** The floor of a log of which nothing was read. `lateness`: a whole number of windows from 0. */
export function newFloor(lateness: number): Floor {
  if (Number.isSafeInteger(lateness) && lateness >= 0) return { lateness, top: [] };
  throw new Problem(2, `lateness ${lateness}: no number of windows; give a whole number from 0`);
}

export const copyFloor = ({ lateness, top }: Floor): Floor => ({ lateness, top: [...top] });

/** Windows with a lower number are complete; −Infinity until `lateness + 1` windows were seen. */
export const floorOf = ({ lateness, top }: Floor): number => (top.length > lateness ? top[0]! : -Infinity);

/**
 * Takes rows in the order of the log: late[i] = 1 where window[i] is below the floor at that row, else 0, and the row may
 * raise the floor for those after it. The number of late rows. It is a watermark of bounded disorder (Akidau et al.,
 * The Dataflow Model, VLDB 8 (2015) 1792, § 2.3) counted in windows, so it depends on the log alone: not on how it is cut
 * into chunks, nor on a clock. No rows: nothing changes. A window that is no finite number is a Problem, since events
 * without a window are rejected before (define.ts).
 */
export function passFloor(floor: Floor, window: Float64Array, n: number, late: Uint8Array): number {
  let last = NaN;
  let verdict = 0;
  let found = 0;
  for (let i = 0; i < n; i++) {
    const w = window[i]!;
    // The window of the row before has its verdict still: it is below the floor, or among the highest.
    if (w !== last) {
      verdict = w < floorOf(floor) ? 1 : 0;
      if (verdict === 0) raise(floor, w);
      last = w;
    }
    late[i] = verdict;
    found += verdict;
  }
  return found;
}

function raise({ lateness, top }: Floor, w: number): void {
  if (!Number.isFinite(w)) throw new Problem(1, `window ${w}: no number of a window; reject such events before`);
  let at = top.length;
  while (at > 0 && top[at - 1]! > w) at--;
  if (at > 0 && top[at - 1] === w) return;
  top.splice(at, 0, w);
  if (top.length > lateness + 1) top.shift();
}
