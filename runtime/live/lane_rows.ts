import { WINDOW } from '../pipeline_plan.js';
import { regimesOf } from '../regimes_of.js';
import { takeChunk, type SkimChunk } from '../skim.js';
import { appliedAt } from './close_window.js';
import type { ModelsMessage } from './messages.js';

/** Most regimes of a pipeline; the group after the last is for events without a regime. */
export const NO_REGIME = 64;
/** Windows whose events are counted for the budget: those that came first are forgotten. */
const WINDOWS = 64;

/** Of events in these windows: 1, within the budget of its window; events count from call to call. */
export function windowBudget(perWindow: number): (window: Float64Array) => Uint8Array {
  const budget = new Map<number, number>();
  return (window) =>
    Uint8Array.from(window, (number) => {
      const taken = budget.get(number) ?? 0;
      if (taken >= perWindow) return 0;
      budget.set(number, taken + 1);
      if (budget.size > WINDOWS) budget.delete(budget.keys().next().value!);
      return 1;
    });
}

/** Rows from ≤ row < to. */
export const sliceRows = (rows: SkimChunk, from: number, to: number): SkimChunk =>
  takeChunk(
    rows,
    Uint32Array.from({ length: to - from }, (_, i) => from + i),
  );

/** The regime of each event by the models in effect in its window; NO_REGIME where there are none yet. */
export function laneRegimes({ length, columns }: SkimChunk, models: ModelsMessage | null): Uint16Array {
  const regime = new Uint16Array(length).fill(NO_REGIME);
  if (models === null) return regime;
  const window = columns.get(WINDOW)!;
  for (const number of new Set(window)) {
    const { map } = appliedAt(models.applied, number);
    const own = regimesOf(map, { length, columns });
    for (let i = 0; i < length; i++) if (window[i] === number) regime[i] = own[i]!;
  }
  return regime;
}
