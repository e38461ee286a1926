import { contextCells } from './context_cells.js';
import { count } from './count.js';
import { grid } from './grid.js';
import { histogram } from './histogram.js';
import { moments } from './moments.js';
import { zoom } from './zoom.js';

/** Every summary there is; the law suite runs over this table. */
export const summaries = { count, histogram, moments, grid, zoom, context_cells: contextCells } as const;
export type SummaryName = keyof typeof summaries;
