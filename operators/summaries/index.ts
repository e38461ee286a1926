import { fooling } from '../probes/fooling.js';
import { contextCells } from './context_cells.js';
import { count } from './count.js';
import { distinct } from './distinct.js';
import { grid } from './grid.js';
import { hatProducts } from './hat_products.js';
import { hatSums } from './hat_sums.js';
import { histogram } from './histogram.js';
import { moments } from './moments.js';
import { responseCells } from './response_cells.js';
import { worst } from './worst.js';
import { zoom } from './zoom.js';

/** Every summary there is; the law suite runs over this table. */
export const summaries = {
  count,
  histogram,
  moments,
  grid,
  zoom,
  context_cells: contextCells,
  distinct,
  hat_products: hatProducts,
  hat_sums: hatSums,
  response_cells: responseCells,
  fooling,
  worst,
} as const;
export type SummaryName = keyof typeof summaries;
