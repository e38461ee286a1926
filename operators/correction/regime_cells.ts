import { wrongPipeline } from '../problem.js';
import { assignRegimes } from '../regimes/assign.js';
import type { RegimeMap } from '../regimes/regime_map.js';
import { cellRows, type CellRows, type ResponseCellsState } from '../summaries/response_cells.js';

/** Cells of the context with what a map makes of their centres, by which all their events count. */
export interface RegimeCells extends CellRows {
  readonly map: RegimeMap;
  /** The centres by variable. */
  readonly context: readonly Float64Array[];
  /** The same, standardised: (x − mean) / width. */
  readonly standardised: readonly Float64Array[];
  readonly regime: Uint16Array;
}

/** Settles the state. Throws where the map has another number of variables. */
export function regimeCells(state: ResponseCellsState, map: RegimeMap): RegimeCells {
  const rows = cellRows(state);
  const { cells, dimensions, points } = rows;
  if (dimensions !== map.variables.length) {
    throw wrongPipeline(
      `response cells: of ${dimensions} context variables, the regime map has [${map.variables.join(', ')}]; ` +
        'fill them from the variables of the map',
    );
  }
  const context = map.variables.map((_, d) =>
    Float64Array.from({ length: cells }, (_, cell) => points[cell * dimensions + d]!),
  );
  const standardised = map.scale.map(({ mean, width }, d) => context[d]!.map((x) => (x - mean) * (1 / width)));
  const regime = new Uint16Array(cells);
  assignRegimes(map, context, cells, regime, new Float64Array(cells));
  return { ...rows, map, context, standardised, regime };
}

/** Events of a group by regime. */
export function eventsByRegime({ cells, groups, n, regime, map }: RegimeCells, group: number): number[] {
  const events = map.centroids.map(() => 0);
  for (let cell = 0; cell < cells; cell++) events[regime[cell]!]! += n[cell * groups + group]!;
  return events;
}
