import { formatCount, formatShare } from '../../shared/format_estimate.js';
import { FEWEST, type Grid } from './grid_cells.js';
import { boxOf, boxWords, type Box } from './plane.js';
import { wilsonShare, type WilsonShare } from './wilson_share.js';

/** A cell and the regime that most of its events have. */
export interface RegimeCell extends Box {
  readonly x: number;
  readonly y: number;
  /** Events whose regime is told. */
  readonly n: number;
  readonly regime: number;
  readonly label: string;
  /** Events of the regime. */
  readonly own: number;
  /** Of the regime, in the cell. */
  readonly share: WilsonShare;
  readonly words: string;
}

/** Cells with a regime; of two with as many events the one with the lower number. */
export const regimeCells = (grid: Grid, labels: ReadonlyMap<number, string>): RegimeCell[] =>
  grid.cells.flatMap((cell): RegimeCell[] => {
    const n = cell.regimes.reduce((sum, [, some]) => sum + some, 0);
    const most = cell.regimes.reduce((best, one) => (one[1] > best[1] ? one : best), cell.regimes[0] ?? [0, 0]);
    const share = wilsonShare(most[1], n);
    if (!share) return [];
    const [regime, own] = most;
    const label = labels.get(regime) ?? 'unknown';
    const box = boxOf(grid, cell);
    const said = `regime ${regime} ${label}, ${formatShare(share.value, share.low, share.high)}`;
    const words = `${boxWords(box)}: ${said} of ${formatCount(n)} events`;
    return [{ ...box, x: cell.x, y: cell.y, n, regime, label, own, share, words }];
  });

export const hasEnough = ({ n }: RegimeCell): boolean => n >= FEWEST;

/** Where the number of a regime stands: the centres of its cells, weighted by its events there. */
export function centresOf(
  cells: readonly RegimeCell[],
): { readonly regime: number; readonly x: number; readonly y: number }[] {
  const sums = new Map<number, { n: number; x: number; y: number }>();
  for (const { regime, own, x1, x2, y1, y2 } of cells) {
    const sum = sums.get(regime) ?? { n: 0, x: 0, y: 0 };
    sum.n += own;
    sum.x += (own * (x1 + x2)) / 2;
    sum.y += (own * (y1 + y2)) / 2;
    sums.set(regime, sum);
  }
  return [...sums].map(([regime, { n, x, y }]) => ({ regime, x: x / n, y: y / n })).sort((a, b) => a.regime - b.regime);
}

/** An edge between two cells. */
export type Side = Box;

const sidesOf = ({ x, y, x1, x2, y1, y2 }: RegimeCell): readonly (readonly [string, Side])[] => [
  [`${x - 1} ${y}`, { x1, x2: x1, y1, y2 }],
  [`${x + 1} ${y}`, { x1: x2, x2, y1, y2 }],
  [`${x} ${y - 1}`, { x1, x2, y1, y2: y1 }],
  [`${x} ${y + 1}`, { x1, x2, y1: y2, y2 }],
];

/** Edges between neighbours of different regimes, each once. */
export function bordersOf(cells: readonly RegimeCell[]): Side[] {
  const regimes = new Map(cells.map(({ x, y, regime }) => [`${x} ${y}`, regime]));
  return cells.flatMap((cell) =>
    sidesOf(cell).flatMap(([beside, side], i) => {
      const other = regimes.get(beside);
      return i % 2 === 1 && other !== undefined && other !== cell.regime ? [side] : [];
    }),
  );
}

/** Edges around the cells of one regime, those towards cells that have none too. */
export function outlineOf(cells: readonly RegimeCell[], regime: number): Side[] {
  const own = cells.filter((cell) => cell.regime === regime);
  const places = new Set(own.map(({ x, y }) => `${x} ${y}`));
  return own.flatMap((cell) => sidesOf(cell).flatMap(([beside, side]) => (places.has(beside) ? [] : [side])));
}
