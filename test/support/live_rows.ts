import { WINDOW } from '../../runtime/pipeline_plan.js';
import type { SkimChunk } from '../../runtime/skim.js';
import { chunkOf } from './chunk.js';

/** A row of a log: its window, and the number that names its event. */
export type LiveRow = readonly [window: number, event: number];

/** A chunk of such rows; `x` tells their places in the log, from `first` on. */
export const liveChunk = (
  rows: readonly LiveRow[],
  first = 0,
  sample = 0,
  names: readonly string[] = ['x'],
): SkimChunk => {
  const places = rows.map((_, i) => first + i);
  const columns: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, places]));
  columns[WINDOW] = rows.map(([window]) => window);
  return chunkOf(
    sample,
    rows.map(([, event]) => event),
    places.map((place) => place * 65536),
    columns,
  );
};
