import type { RegimeCells } from './regime_cells.js';

/** Share of a regime's events beyond the range on either side. */
const BEYOND = 0.005;

export interface TrainingRange {
  /** Standardised, by regime and variable. */
  readonly low: readonly (readonly number[])[];
  readonly high: readonly (readonly number[])[];
}

/**
 * Where a correction may follow the context: from the 0.5 % to the 99.5 % quantile of each standardised variable over
 * the regime's events of the group (cell centres, the quantile being the least with at least that share at or below
 * it). Beyond, the few events of a long tail would steer a polynomial; the correction stays what it is at the edge.
 * A regime without events has its centroid as low and high.
 */
export function trainingRange(cells: RegimeCells, group: number): TrainingRange {
  const { groups, n, regime, standardised, map } = cells;
  const members: number[][] = map.centroids.map(() => []);
  for (let cell = 0; cell < cells.cells; cell++) {
    if (n[cell * groups + group]! > 0) members[regime[cell]!]!.push(cell);
  }
  const quantiles = (share: number): number[][] =>
    members.map((inside, r) =>
      standardised.map((x, d) => {
        const sorted = [...inside].sort((a, b) => x[a]! - x[b]!);
        let left = 0;
        for (const cell of sorted) left += n[cell * groups + group]!;
        left *= share;
        const at = sorted.find((cell) => (left -= n[cell * groups + group]!) <= 0);
        return at === undefined ? map.centroids[r]![d]! : x[at]!;
      }),
    );
  return { low: quantiles(BEYOND), high: quantiles(1 - BEYOND) };
}
