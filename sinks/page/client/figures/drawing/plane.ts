import { formatCount } from '../../shared/format_estimate.js';
import type { FigureRow, View } from '../../view.js';
import type { Cell, Grid } from './grid_cells.js';
import { windowWords } from './selection.js';
import type { WindowReport } from '../../../../../schemas/window_report.js';

/** The plane of two context variables: how its axes are called and where they end, and what is not on it. */
export interface Plane {
  /** 'H_T and |Δη|' */
  readonly words: string;
  readonly x: { readonly title: string; readonly domain: readonly [number, number] };
  readonly y: { readonly title: string; readonly domain: readonly [number, number] };
  /** '69 cells of 49,768 events, windows 140–159', with what is left out. */
  readonly counted: string;
}

export interface Box {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

export const boxOf = ({ xEdges, yEdges }: Grid, { x, y }: Pick<Cell, 'x' | 'y'>): Box => ({
  ...{ x1: xEdges[x]!, x2: xEdges[x + 1]! },
  ...{ y1: yEdges[y]!, y2: yEdges[y + 1]! },
});

/** '200–300, 0.5–1' */
export const boxWords = ({ x1, x2, y1, y2 }: Box): string => `${x1}–${x2}, ${y1}–${y2}`;

/** Columns of a table for the edges of a cell. */
export const boxRow = ({ x, y }: Plane, { x1, x2, y1, y2 }: Box): FigureRow => ({
  ...{ [`${x.title} from`]: x1, [`${x.title} to`]: x2 },
  ...{ [`${y.title} from`]: y1, [`${y.title} to`]: y2 },
});

export const countWords = (n: number, what: string): string => `${formatCount(n)} ${what}${n === 1 ? '' : 's'}`;

export function planeOf(view: View, grid: Grid, reports: readonly WindowReport[]): Plane {
  const about = (name: string) => {
    const { title = name, unit = null } = view.description.context.find((one) => one.name === name) ?? {};
    return { name: title, title: unit === null ? title : `${title} [${unit}]` };
  };
  const [x, y] = [about(grid.x), about(grid.y)];
  const ends = (edges: readonly number[]): [number, number] => [edges[0]!, edges.at(-1)!];
  const beyond = grid.beyond === 0 ? '' : ` (${countWords(grid.beyond, 'event')} beyond the edges)`;
  const others = grid.others === 0 ? '' : `, ${countWords(grid.others, 'window')} without such cells left out`;
  const counts = `${countWords(grid.cells.length, 'cell')} of ${countWords(grid.n, 'event')}`;
  return {
    words: `${x.name} and ${y.name}`,
    x: { title: x.title, domain: ends(grid.xEdges) },
    y: { title: y.title, domain: ends(grid.yEdges) },
    counted: `${counts}${beyond}, ${windowWords(reports)}${others}`,
  };
}
