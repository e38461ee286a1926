import type { RegimeCells } from './regime_cells.js';

/** Bin of every cell (−1: left out) and the number of bins. */
export interface JoinedCells {
  readonly bin: Int32Array;
  readonly bins: number;
}

/** Every cell in the bin of its regime. */
export const joinByRegime = ({ regime, map }: RegimeCells, keep?: Uint8Array): JoinedCells => ({
  bin: Int32Array.from(regime, (r, cell) => (keep && keep[cell] === 0 ? -1 : r)),
  bins: map.centroids.length,
});

/**
 * Bins of the context with at least `least` events of the group each (one bin if there are fewer), by bisection: cells
 * are cut at the median of their events, along each variable in turn, as long as both halves have enough (a k-d tree;
 * J. L. Bentley, 1975). The response is not looked at, so bins do not follow its noise. `keep`: 0 leaves a cell out.
 */
export function joinCells(cells: RegimeCells, group: number, least: number, keep?: Uint8Array): JoinedCells {
  const { groups, n, standardised, dimensions } = cells;
  const bin = new Int32Array(cells.cells).fill(-1);
  let bins = 0;
  const events = (cell: number): number => n[cell * groups + group]!;
  const cut = (members: readonly number[], depth: number): void => {
    for (let turn = 0; turn < dimensions; turn++) {
      const x = standardised[(depth + turn) % dimensions]!;
      const sorted = [...members].sort((a, b) => x[a]! - x[b]!);
      const all = sorted.reduce((sum, cell) => sum + events(cell), 0);
      if (all < 2 * least) break;
      let below = 0;
      const median = sorted.findIndex((cell) => (below += events(cell)) >= all / 2) + 1;
      if (below < least || all - below < least) continue;
      cut(sorted.slice(0, median), depth + turn + 1);
      cut(sorted.slice(median), depth + turn + 1);
      return;
    }
    for (const cell of members) bin[cell] = bins;
    if (members.length > 0) bins++;
  };
  cut(
    Array.from({ length: cells.cells }, (_, cell) => cell).filter((cell) => keep?.[cell] !== 0),
    0,
  );
  return { bin, bins };
}
