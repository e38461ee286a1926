import { emit } from '../../../operators/compiled/emit.js';
import type { Stored } from '../../../operators/compiled/emit_load.js';
import { column, noProgram, type Lane, type Program } from '../../../operators/compiled/lanes.js';
import { instantiate, type StoredColumn } from '../../../operators/compiled/run.js';

/** What lanes of columns are for every event. */
export function laneValues(
  make: (p: Program, columns: Lane[]) => readonly Lane[],
  columns: readonly StoredColumn[],
  stored: readonly Stored[] = columns.map(() => 'f64'),
): number[][] {
  const p = noProgram();
  const lanes = make(
    p,
    columns.map((_, i) => column(p, i)),
  );
  const { run } = instantiate(emit(p, stored, lanes), stored, lanes.length, p);
  return run(columns, columns[0]!.length).map((x) => [...x]);
}
