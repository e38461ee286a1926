import type { Estimate } from '../../schemas/report.js';

type Labels = Record<string, string>;

/** A gauge and what is known of it; rows of null are left out. */
export interface GaugeRows {
  readonly name: string;
  readonly help: string;
  readonly rows: readonly (readonly [labels: Labels, value: number | null])[];
}

export type Named<Row> = readonly (readonly [labels: Labels, row: Row])[];

/** Two gauges: the value, and its standard error. */
export function withError<Row>(
  name: string,
  unit: string,
  help: string,
  rows: Named<Row>,
  pick: (row: Row) => Estimate,
): GaugeRows[] {
  const of = (value: (one: Estimate) => number | null) =>
    rows.map(([labels, row]) => [labels, value(pick(row))] as const);
  return [
    { name: `${name}${unit}`, help, rows: of(({ value }) => value) },
    { name: `${name}_error${unit}`, help: `Standard error: ${help}`, rows: of(({ error }) => error) },
  ];
}
