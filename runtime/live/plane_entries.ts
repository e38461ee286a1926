import type { Entry } from '../../operators/summaries/book.js';
import { CORE } from '../local_pass.js';
import { binOf, REGIME } from '../observations.js';
import { planeGroups, type PlaneBins } from './plane_bins.js';
import { CORRECTED_CORE } from './window_columns.js';
import { count, moments } from './window_entry.js';

const PLANE = 'bin of the plane';
/** Regime r in cell c is c · regimes + r: 64 regimes in 22 × 22 cells are below 2^16. */
const PLANE_REGIME = 'bin of the plane × regime';

/** Core before and after the correction in the cells of the plane, and how many events of each regime a cell has. */
export const planeEntries = ({ groups }: PlaneBins, regimes: number, corrects: boolean): Entry[] => [
  moments('plane', CORE, PLANE, groups),
  ...(corrects ? [moments('plane:corrected', CORRECTED_CORE, PLANE, groups)] : []),
  count('plane:regimes', PLANE_REGIME, groups * regimes),
];

/** Adds the groups that these are filled by. */
export function setPlane(plane: PlaneBins, regimes: number, groups: Map<string, Uint16Array>, n: number): void {
  const bin = ({ variable }: PlaneBins['x']): Uint16Array => groups.get(binOf(variable))!;
  const cell = planeGroups(plane, bin(plane.x), bin(plane.y), n);
  const regime = groups.get(REGIME)!;
  const both = new Uint16Array(n);
  for (let i = 0; i < n; i++) both[i] = cell[i]! * regimes + regime[i]!;
  groups.set(PLANE, cell).set(PLANE_REGIME, both);
}
