import type { WindowReport } from '../../../../../schemas/window_report.js';
import { combine, type Combined, type Counted } from './combine.js';

/** Events of a cell below which its mean is not shown. */
export const FEWEST = 10;

/** A cell over several windows. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly n: number;
  readonly raw: Combined;
  /** What was delivered; its `n` is less than that of `raw` where some windows do not tell. */
  readonly corrected: Combined;
  /** Events of each regime, rising by regime; of the windows that tell. */
  readonly regimes: readonly (readonly [regime: number, n: number])[];
}

export interface Grid {
  readonly x: string;
  readonly y: string;
  readonly xEdges: readonly number[];
  readonly yEdges: readonly number[];
  readonly cells: readonly Cell[];
  /** Events in all cells. */
  readonly n: number;
  /** Events of the same windows beyond the edges. */
  readonly beyond: number;
  /** Windows left out: without a grid, or with one of other variables or edges than the last one's. */
  readonly others: number;
  /** Windows whose cells do not tell regimes. */
  readonly unassigned: number;
}

type WindowGrid = NonNullable<WindowReport['grid']>;

/** Cells of several windows as one, combined as in `combine`. Null: none has a grid. */
export function gridCells(reports: readonly WindowReport[]): Grid | null {
  const last = reports.findLast(({ grid }) => grid !== undefined)?.grid;
  if (!last) return null;
  const shape = (grid: WindowGrid): string => JSON.stringify([grid.x, grid.y, grid.xEdges, grid.yEdges]);
  const alike = shape(last);
  const sums = new Map<string, { x: number; y: number; raw: Counted[]; left: Counted[]; of: Map<number, number> }>();
  let [n, events, windows, unassigned] = [0, 0, 0, 0];
  for (const { grid, correction, events: all } of reports) {
    if (!grid || shape(grid) !== alike) continue;
    windows++;
    events += all;
    if (grid.cells.some(({ regimes }) => !regimes)) unassigned++;
    for (const { x, y, n: own, core, corrected, regimes = [] } of grid.cells) {
      const key = `${x} ${y}`;
      const sum = sums.get(key) ?? { x, y, raw: [], left: [], of: new Map<number, number>() };
      sum.raw.push({ n: own, estimate: core });
      // Without a correction what is delivered is raw.
      sum.left.push({ n: own, estimate: corrected ?? (correction === null ? core : undefined) });
      for (const [regime, some] of regimes) sum.of.set(regime, (sum.of.get(regime) ?? 0) + some);
      sums.set(key, sum);
      n += own;
    }
  }
  const cells = [...sums.values()].map(({ x, y, raw, left, of }) => ({
    ...{ x, y, n: raw.reduce((sum, one) => sum + one.n, 0), raw: combine(raw), corrected: combine(left) },
    regimes: [...of].sort(([a], [b]) => a - b),
  }));
  const { x, y, xEdges, yEdges } = last;
  const counts = { n, beyond: Math.max(0, events - n), others: reports.length - windows, unassigned };
  return { x, y, xEdges, yEdges, cells, ...counts };
}
