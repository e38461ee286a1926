import { fooling, type FoolingState } from '../../operators/probes/fooling.js';
import { messageOf } from '../../operators/problem.js';
import { WINDOW } from '../pipeline_plan.js';
import type { Prober } from '../probe_stream/prober.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { NO_REGIME, laneRegimes, sliceRows, windowBudget } from './lane_rows.js';
import type { ModelsMessage } from './messages.js';

export interface LaneOptions {
  /** The models in effect, once there are some. */
  readonly models: () => ModelsMessage | null;
  readonly notice: (line: string) => void;
  /** Events that may wait, and events probed at a time. */
  readonly mostWaiting?: number;
  readonly atOnce?: number;
}

export interface Lane {
  readonly state: FoolingState;
  readonly offer: (rows: SkimChunk) => void;
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The queue of one probe: takes what there is room for, never waits, and counts what became of each event. */
export function openLane(
  name: string,
  perWindow: number,
  open: () => Promise<Prober>,
  { models, notice, mostWaiting = 4096, atOnce = 256 }: LaneOptions,
): Lane {
  const state = fooling.create({ groups: NO_REGIME + 1 });
  const queue: SkimChunk[] = [];
  const budget = windowBudget(perWindow);
  let waiting = 0;
  let prober: Promise<Prober> | null = null;
  let running: Promise<void> = Promise.resolve();
  let active = false;
  let off = false;
  const isOff = (): boolean => off;

  const count = (rows: SkimChunk, margins: readonly Float64Array[] | null): void => {
    const hole = new Float64Array(rows.length);
    fooling.fill(state, {
      length: rows.length,
      columns: margins ? [...margins, hole] : [hole, hole, hole, hole.fill(1)],
      group: laneRegimes(rows, models()),
      weight: null,
    });
    fooling.settle(state);
  };
  const run = async (): Promise<void> => {
    while (queue.length > 0 && !isOff()) {
      const rows = queue.shift()!;
      try {
        prober ??= open();
        const { length, keyLo, keyHi, columns: values } = rows;
        const { before, attacked, control } = await (await prober).probe({ length, keyLo, keyHi, values });
        count(rows, [before, attacked, control]);
      } catch (error) {
        // Who closes it meanwhile has no wish to hear.
        if (!isOff()) notice(`probe ${name}: off from here on: ${messageOf(error)}`);
        off = true;
        count(rows, null);
      }
      waiting -= rows.length;
    }
    for (const rows of queue.splice(0)) count(rows, null);
    active = false;
  };
  return {
    state,
    offer(rows: SkimChunk): void {
      const fits = budget(rows.columns.get(WINDOW)!);
      if (fits.includes(0)) {
        const beyond = fits.map((fit) => 1 - fit);
        count(filterChunk(rows, beyond), null);
        rows = filterChunk(rows, fits);
      }
      for (let from = 0; from < rows.length; from += atOnce) {
        const part = sliceRows(rows, from, Math.min(rows.length, from + atOnce));
        if (off || waiting + part.length > mostWaiting) {
          count(part, null);
          continue;
        }
        waiting += part.length;
        queue.push(part);
      }
      if (active || queue.length === 0) return;
      active = true;
      running = run();
    },
    settled: () => running,
    async close() {
      off = true;
      // A search under way is not waited for.
      await (await prober?.catch(() => null))?.close();
    },
  };
}
