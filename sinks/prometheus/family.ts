import { METRICS, type MetricName } from '../../schemas/metrics.js';
import type { Estimate } from '../../schemas/report.js';

/** Null or undefined: not known, so absent. */
export type Value = number | null | undefined;

export type Row = readonly [labels: Readonly<Record<string, string>>, value: Value];

/** A metric of schemas/metrics.ts and its rows; type, help and labels are there. */
export interface Family {
  readonly name: MetricName;
  readonly rows: readonly Row[];
}

export type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;

/** Rows with just the labels that the metric has. */
export const family = <Name extends MetricName>(
  name: Name,
  rows: readonly (readonly [labels: LabelsOf<Name>, value: Value])[],
): Family => ({ name, rows });

type WithError = { [Name in MetricName]: (typeof METRICS)[Name] extends { error: string } ? Name : never }[MetricName];

/** Two families: the value, and the metric that is its standard error. An estimate that is not there has neither. */
export function withError<Name extends WithError>(
  name: Name,
  rows: readonly (readonly [labels: LabelsOf<Name>, estimate: Estimate | undefined])[],
): Family[] {
  return [
    { name, rows: rows.map(([labels, estimate]) => [labels, estimate?.value]) },
    { name: METRICS[name].error, rows: rows.map(([labels, estimate]) => [labels, estimate?.error]) },
  ];
}
