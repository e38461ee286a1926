import type { WindowReport } from '../../schemas/window_report.js';
import { family, withError, type Family } from './family.js';

/** Fewest events of a cell of the grid whose mean is shown. */
const LEAST = 10;

/** Profiles along the context variables, the grid of the first two, and from where on the response changes. */
export function contextFamilies({ byContext, grid, zones = [] }: WindowReport): Family[] {
  const rows = byContext.map((row) => [{ variable: row.variable, bin: binLabel(row.low, row.high) }, row] as const);
  const bins = <Found>(of: (row: WindowReport['byContext'][number]) => Found) =>
    rows.map(([labels, row]) => [labels, of(row)] as const);
  const onsets = zones.map((zone) => [{ variable: zone.variable, quantity: zone.quantity }, zone] as const);
  return [
    family(
      'context_events',
      bins(({ n }) => n),
    ),
    ...withError(
      'context_core_ratio',
      bins(({ core }) => core),
    ),
    ...withError(
      'context_corrected_ratio',
      bins(({ corrected }) => corrected),
    ),
    ...withError(
      'context_sigma68_ratio',
      bins(({ sigma68 }) => sigma68),
    ),
    ...(grid ? gridFamilies(grid) : []),
    family(
      'danger_zone_onset',
      onsets.map(([labels, { onset }]) => [labels, onset]),
    ),
    family(
      'danger_zone_onset_low',
      onsets.map(([labels, { low }]) => [labels, low]),
    ),
    family(
      'danger_zone_onset_high',
      onsets.map(([labels, { high }]) => [labels, high]),
    ),
  ];
}

function gridFamilies({ cells, xEdges, yEdges }: NonNullable<WindowReport['grid']>): Family[] {
  const labelOf = (edges: readonly number[], bin: number): string =>
    binLabel(edges[bin] ?? null, edges[bin + 1] ?? null);
  const rows = cells.map((cell) => [{ x: labelOf(xEdges, cell.x), y: labelOf(yEdges, cell.y) }, cell] as const);
  return [
    family(
      'grid_events',
      rows.map(([labels, { n }]) => [labels, n]),
    ),
    ...withError(
      'grid_core_ratio',
      rows.filter(([, { n }]) => n >= LEAST).map(([labels, { core }]) => [labels, core]),
    ),
  ];
}

/** 'low..high'; without an end, infinity as Prometheus writes it. */
export const binLabel = (low: number | null, high: number | null): string => `${low ?? '-Inf'}..${high ?? '+Inf'}`;
