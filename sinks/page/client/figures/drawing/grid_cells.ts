import type { WindowReport } from '../../../../../schemas/window_report.js';
import { combine, type Combined, type Counted } from './combine.js';

/** Events of a cell below which its mean is not shown. */
export const FEWEST = 10;

export interface Cell extends Combined {
  readonly x: number;
  readonly y: number;
}

export interface Grid {
  readonly x: string;
  readonly y: string;
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
  readonly cells: readonly Cell[];
  /** Events in all cells. */
  readonly n: number;
}

/** Cells of several windows as one; windows with other edges than the last one's are left out. Null: none has a grid. */
export function gridCells(reports: readonly WindowReport[]): Grid | null {
  const grids = reports.flatMap(({ grid }) => (grid ? [grid] : []));
  const last = grids.at(-1);
  if (!last) return null;
  const shape = (grid: typeof last): string => JSON.stringify([grid.x, grid.y, grid.xEdges, grid.yEdges]);
  const cells = new Map<string, { x: number; y: number; rows: Counted[] }>();
  for (const grid of grids.filter((one) => shape(one) === shape(last))) {
    for (const { x, y, n, core } of grid.cells) {
      const cell = cells.get(`${x} ${y}`) ?? { x, y, rows: [] };
      cell.rows.push({ n, estimate: core });
      cells.set(`${x} ${y}`, cell);
    }
  }
  const combined = [...cells.values()].map(({ x, y, rows }) => ({ x, y, ...combine(rows) }));
  const { x, y, xEdges, yEdges } = last;
  return { x, y, xEdges, yEdges, cells: combined, n: combined.reduce((sum, cell) => sum + cell.n, 0) };
}
