import { SPLITS } from '../operators/split.js';
import { fillBook, type Book, type BookRows, type Entry } from '../operators/summaries/book.js';
import type { ContextCellsConfig } from '../operators/summaries/context_cells.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { SPLIT, WINDOW_REGIME } from './observations.js';

/** Cells of one window: enough for a fit, few enough to keep many windows. */
const MAX_CELLS = 2 ** 10;

/** Response cells by split of every window: what models are refitted from as windows close. */
export function windowCellEntries(pipeline: Pipeline, windows: number, column: string): Entry[] {
  const context = Object.keys(pipeline.context);
  const config: ContextCellsConfig = { dimensions: context.length, groups: SPLITS.length, maxCells: MAX_CELLS };
  return Array.from({ length: windows }, (_, w) => ({
    key: windowCellsKey(w),
    summary: 'response_cells',
    config,
    columns: [...context, column],
    group: SPLIT,
    weighted: false,
  }));
}

export const windowCellsKey = (window: number): string => `cells:${window}`;

/** Fills each window's cells from the rows that belong to it. */
export function fillWindowCells(book: Book, entries: readonly Entry[], rows: BookRows, regimes: number): void {
  const byWindow = new Map<number, number[]>();
  const windows = rows.groups.get(WINDOW_REGIME)!;
  for (let i = 0; i < rows.length; i++) {
    const window = Math.floor(windows[i]! / regimes);
    const known = byWindow.get(window);
    if (known) known.push(i);
    else byWindow.set(window, [i]);
  }
  for (const [window, chosen] of byWindow) {
    const entry = entries[window]!;
    const pick = (name: string): [string, Float64Array] => {
      const x = rows.columns.get(name)!;
      return [name, Float64Array.from(chosen, (i) => x[i]!)];
    };
    const split = rows.groups.get(SPLIT)!;
    fillBook(book, [entry], {
      length: chosen.length,
      columns: new Map(entry.columns.map(pick)),
      groups: new Map([[SPLIT, Uint16Array.from(chosen, (i) => split[i]!)]]),
      weight: null,
    });
  }
}
