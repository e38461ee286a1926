import { TableCellBackgroundDisplayMode, TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import type { ThresholdsConfigBuilder, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { DataLink } from './data_link.js';
import { unknownMapping } from './unknown.js';
import { filled, refId, type PanelSpec, type Query } from './panel.js';

/** A column of numbers of its own query: its legend is the head. */
export interface Column extends Query {
  readonly unit: string;
  readonly decimals?: number;
  readonly mappings?: ValueMapping[];
  readonly limits?: ThresholdsConfigBuilder;
  readonly links?: readonly DataLink[];
}

export interface TableSpec extends Omit<PanelSpec, 'queries' | 'unit'> {
  /** Labels that name a row → heads of their columns, in order. */
  readonly rows: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
  /** Where the cells of a label lead. */
  readonly leads?: { readonly label: string; readonly links: readonly DataLink[] };
}

type Properties = { id: string; value?: unknown }[];

function propertiesOf({ unit, decimals, mappings, limits, links }: Column): Properties {
  const background = { type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic };
  return [
    { id: 'unit', value: unit },
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    { id: 'mappings', value: [...(mappings ?? []), unknownMapping()] },
    ...(limits ? [{ id: 'thresholds', value: limits.build() }] : []),
    ...((limits ?? mappings) ? [{ id: 'custom.cellOptions', value: background }] : []),
    ...(links ? [{ id: 'links', value: links }] : []),
  ];
}

/**
 * A row for each combination of labels, a column for each query. The answers are merged by the labels that they share, so
 * every query has to keep just those of `rows` (and pipeline, which is left out here).
 */
export function table({ rows, columns, leads, ...spec }: TableSpec): PanelBuilder {
  const value = (n: number): string => (columns.length > 1 ? `Value #${refId(n)}` : 'Value');
  const labels = Object.keys(rows);
  const order = [...labels, ...columns.map((_, n) => value(n))];
  const builder = filled(new PanelBuilder(), { ...spec, unit: 'none', queries: columns }, 'table')
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: { Time: true, pipeline: true },
        indexByName: Object.fromEntries(order.map((name, i) => [name, i])),
        renameByName: { ...rows, ...Object.fromEntries(columns.map(({ legend }, n) => [value(n), legend])) },
      },
    });
  for (const column of columns) builder.overrideByName(column.legend, propertiesOf(column));
  if (leads) builder.overrideByName(rows[leads.label]!, [{ id: 'links', value: leads.links }]);
  return builder;
}
