import { eventsByRegime, type RegimeCells } from './regime_cells.js';

/**
 * Correction by regime identity: c_r = Σy / n, the mean response of the regime's events of the group; a regime with
 * fewer than `minimum` events keeps c = 0. Source: the correction layer of S. Ghosh, "Stress testing of fast
 * reconstruction pipelines using machine learning", whose only input is the regime's identity.
 *
 * No shrinkage, and no test against 0: a mean that is compatible with 0 costs no more than its own error (it adds
 * s² / n to the mean squared bias, s / √n ≤ s / 10 from 100 events on), where a threshold would let c jump between 0
 * and the mean from one version to the next, and a shrunken mean would leave a bias of known sign. Whether the whole
 * helps is decided on other events (accept.ts).
 */
export function byRegime(cells: RegimeCells, group: number, minimum: number): number[][] {
  const { groups, sum, regime, map } = cells;
  const events = eventsByRegime(cells, group);
  const sums = map.centroids.map(() => 0);
  for (let cell = 0; cell < cells.cells; cell++) sums[regime[cell]!]! += sum[cell * groups + group]!;
  return sums.map((total, r) => [events[r]! > 0 && events[r]! >= minimum ? total / events[r]! : 0]);
}
