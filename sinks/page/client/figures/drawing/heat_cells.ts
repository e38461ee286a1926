import type { FigureRow, Stage } from '../../view.js';
import { formatCount, formatEstimate } from '../../shared/format_estimate.js';
import { FEWEST, type Grid } from './grid_cells.js';
import { boxOf, boxRow, boxWords, type Box, type Plane } from './plane.js';

/** A cell of one stage, in per cent. */
export interface HeatCell extends Box {
  readonly n: number;
  readonly value: number | null;
  readonly error: number | null;
  readonly words: string;
}

/** The cells of one stage; without any value: the windows do not tell. */
export function heatCells(grid: Grid, stage: Stage): HeatCell[] {
  return grid.cells.map((cell): HeatCell => {
    const { value, error, n } = cell[stage];
    const [percent, spread] = [value === null ? null : 100 * value, error === null ? null : 100 * error];
    const box = boxOf(grid, cell);
    const words = `${boxWords(box)}, ${stage}: ${formatEstimate(percent, spread)} %, ${formatCount(n)} events`;
    return { ...box, n, value: percent, error: spread, words };
  });
}

export const isKnown = ({ n, value }: HeatCell): boolean => n >= FEWEST && value !== null;

/** Values that are known to better than a third of themselves. */
export const sureCells = (cells: readonly HeatCell[]): HeatCell[] =>
  cells.filter((cell) => isKnown(cell) && cell.error !== null && cell.error < Math.abs(cell.value!) / 3);

/** The cell that is furthest from 0 in units of its error, in words; an error of 0 has no such distance. */
export function worstWords(cells: readonly HeatCell[]): string {
  const away = ({ value, error }: HeatCell): number => Math.abs(value! / error!);
  const worst = sureCells(cells)
    .filter(({ error }) => error !== 0)
    .sort((a, b) => away(b) - away(a))[0];
  if (!worst) return 'no cell is three errors from 0';
  return `the most significant cell is ${worst.words}, ${formatCount(Math.round(away(worst)))} σ`;
}

/** Rows of the table: before, and where it is known after and the difference of the two. */
export const heatRows = (
  plane: Plane,
  grid: Grid,
  raw: readonly HeatCell[],
  corrected?: readonly HeatCell[],
): FigureRow[] =>
  grid.cells.map((cell, i): FigureRow => {
    const [before, after] = [raw[i]!, corrected?.[i]];
    const row = {
      ...{ ...boxRow(plane, before), events: cell.n },
      ...{ 'mean core, raw [%]': before.value, 'error, raw [%]': before.error },
    };
    if (!after) return row;
    // Of other events than before there is no difference.
    const alike = before.value !== null && after.value !== null && before.n === after.n;
    return {
      ...{ ...row, 'events, corrected': after.n, 'mean core, corrected [%]': after.value },
      ...{ 'error, corrected [%]': after.error, 'corrected − raw [%]': alike ? after.value - before.value : null },
    };
  });
