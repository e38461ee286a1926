import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from '../variables.js';

/** What is asked, and what the answer is called. */
export interface Query {
  readonly expr: string;
  /** Of the series; in a table the name of the column. */
  readonly legend: string;
}

/** What every panel has. */
export interface PanelSpec {
  readonly title: string;
  readonly description: string;
  /** As Grafana writes it. */
  readonly unit: string;
  readonly decimals?: number;
  /** Columns of 24, and lines of the grid. */
  readonly size: readonly [width: number, height: number];
  readonly queries: readonly Query[];
}

interface Basics {
  title(title: string): unknown;
  description(description: string): unknown;
  unit(unit: string): unknown;
  decimals(decimals: number): unknown;
  noValue(text: string): unknown;
  datasource(datasource: DataSourceRef): unknown;
  span(width: number): unknown;
  height(height: number): unknown;
  targets(targets: Builder<Dataquery>[]): unknown;
}

/** Name of the n-th query: A, B, ... */
export const refId = (n: number): string => String.fromCharCode(65 + n);

/** Over the time range, or its end alone, as series or as the rows of a table. */
type Asked = 'range' | 'instant' | 'table';

function target({ expr, legend }: Query, n: number, asked: Asked): DataqueryBuilder {
  const builder = new DataqueryBuilder().datasource(DATASOURCE).refId(refId(n)).expr(expr).legendFormat(legend);
  if (asked === 'range') return builder.range();
  return asked === 'table' ? builder.instant().format(PromQueryFormat.Table) : builder.instant();
}

/** Writes what every panel has into the builder of one. */
export function filled<B extends Basics>(builder: B, spec: PanelSpec, asked: Asked): B {
  builder.title(spec.title);
  builder.description(spec.description);
  builder.unit(spec.unit);
  if (spec.decimals !== undefined) builder.decimals(spec.decimals);
  builder.noValue('unknown');
  builder.datasource(DATASOURCE);
  builder.span(spec.size[0]);
  builder.height(spec.size[1]);
  builder.targets(spec.queries.map((query, n) => target(query, n, asked)));
  return builder;
}
