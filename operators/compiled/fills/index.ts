import type { SummaryName } from '../../summaries/index.js';
import { countFill } from './count.js';
import type { Fill } from './fill.js';
import { gridFill } from './grid.js';
import { histogramFill } from './histogram.js';
import { momentsFill } from './moments.js';
import { zoomFill } from './zoom.js';

/** Summaries that can be filled by a compiled program; the others are filled by their own loops. */
export const FILLS = {
  count: countFill,
  histogram: histogramFill,
  moments: momentsFill,
  grid: gridFill,
  zoom: zoomFill,
} as const satisfies Partial<Record<SummaryName, unknown>>;

/** The table seen from outside, where the type of a state is the business of its summary alone. */
export const fillOf = (summary: SummaryName): Fill<unknown, unknown> | undefined =>
  (FILLS as Partial<Record<SummaryName, unknown>>)[summary] as Fill<unknown, unknown> | undefined;
