import type { Rows, Summary } from '../../../operators/summaries/summary.js';
import { cutWeights } from '../../../operators/summaries/tally.js';

/** Rows of plain numbers; `index` picks some of them, in its order. */
export interface Table {
  readonly columns: readonly (readonly number[])[];
  readonly group?: readonly number[] | undefined;
  readonly weight?: readonly number[] | undefined;
}

export function rowsOf({ columns, group, weight }: Table, index?: readonly number[]): Rows {
  const pick = (x: readonly number[]): readonly number[] => (index ? index.map((i) => x[i]!) : x);
  return {
    length: index?.length ?? (columns[0] ?? weight ?? group ?? []).length,
    columns: columns.map((x) => Float64Array.from(pick(x))),
    group: group ? Uint16Array.from(pick(group)) : null,
    weight: weight ? cutWeights(Float64Array.from(pick(weight))) : null,
  };
}

/** A settled state, filled with one batch. */
export function filled<Config, State>(summary: Summary<Config, State>, config: Config, table: Table): State {
  const state = summary.create(config);
  summary.fill(state, rowsOf(table));
  summary.settle(state);
  return state;
}
