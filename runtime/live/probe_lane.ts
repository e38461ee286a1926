import { fooling, type FoolingState } from '../../operators/probes/fooling.js';
import { messageOf } from '../../operators/problem.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import { WINDOW } from '../pipeline_plan.js';
import type { Prober } from '../probe_stream/prober.js';
import { filterChunk, type SkimChunk } from '../skim.js';
import { appliedAt } from './close_window.js';
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

/** Most regimes of a pipeline; the group after the last is for events without a regime. */
export const NO_REGIME = 64;
/** Windows whose events are counted for the budget. */
const WINDOWS = 64;

/** The queue of one probe: takes what there is room for, never waits, and counts what became of each event. */
export function openLane(
  name: string,
  perWindow: number,
  open: () => Promise<Prober>,
  { models, notice, mostWaiting = 4096, atOnce = 256 }: LaneOptions,
): Lane {
  const state = fooling.create({ groups: NO_REGIME + 1 });
  const queue: SkimChunk[] = [];
  const budget = new Map<number, number>();
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
      group: regimesOf(rows, models()),
      weight: null,
    });
    fooling.settle(state);
  };
  /** 1: within the budget of its window. */
  const withinBudget = (rows: SkimChunk): Uint8Array => {
    const window = rows.columns.get(WINDOW)!;
    return Uint8Array.from({ length: rows.length }, (_, i) => {
      const taken = budget.get(window[i]!) ?? 0;
      if (taken >= perWindow) return 0;
      budget.set(window[i]!, taken + 1);
      if (budget.size > WINDOWS) budget.delete(budget.keys().next().value!);
      return 1;
    });
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
      const fits = withinBudget(rows);
      if (fits.includes(0)) {
        count(
          filterChunk(
            rows,
            fits.map((fit) => 1 - fit),
          ),
          null,
        );
        rows = filterChunk(rows, fits);
      }
      for (let from = 0; from < rows.length; from += atOnce) {
        const part = slice(rows, from, Math.min(rows.length, from + atOnce));
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

const slice = (rows: SkimChunk, from: number, to: number): SkimChunk =>
  filterChunk(
    rows,
    Uint8Array.from({ length: rows.length }, (_, i) => Number(i >= from && i < to)),
  );

function regimesOf({ length, columns }: SkimChunk, models: ModelsMessage | null): Uint16Array {
  const regime = new Uint16Array(length).fill(NO_REGIME);
  if (models === null || length === 0) return regime;
  const { map } = appliedAt(models.applied, columns.get(WINDOW)![0]!);
  const context = map.variables.map((name) => columns.get(name)!);
  assignRegimes(map, context, length, regime, new Float64Array(length));
  return regime;
}
