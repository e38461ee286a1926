import {
  TableCellBackgroundDisplayMode,
  TableCellDisplayMode,
  FieldTextAlignment,
} from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type ThresholdsConfigBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { unknownMapping } from './unknown.js';
import { filled, type PanelSpec } from './panel.js';

export interface MatrixSpec extends Omit<PanelSpec, 'queries'> {
  /** Samples with the labels x and y (bins as low..high), x_low and y_low (their lower ends). */
  readonly expr: string;
  readonly x: string;
  readonly y: { readonly title: string; readonly edges: readonly number[]; readonly names: readonly string[] };
  readonly limits?: ThresholdsConfigBuilder;
}

/** Head of the first column after the grouping, as Grafana writes it. */
const CORNER = 'y_low\\x';

/**
 * A grid of labelled gauges: a table with a row for each y (the largest on top, as on an axis) and a column for each x, its
 * cells coloured. Grafana's own heatmap panel takes time for its x axis and counts for its cells, and its xychart draws
 * points without filling cells and without numbers; the grouping to a matrix has both axes, numbers, signs and blanks.
 * Cells that are not known are blank. Columns stand in the order in which they first come, so the rows are sorted before.
 */
export function matrix({ expr, x, y, limits, ...spec }: MatrixSpec): PanelBuilder {
  const number = (targetField: string) => ({
    id: 'convertFieldType',
    options: { conversions: [{ targetField, destinationType: 'number' }], fields: {} },
  });
  const sorted = (field: string, desc: boolean) => ({ id: 'sortBy', options: { fields: {}, sort: [{ field, desc }] } });
  const builder = filled(new PanelBuilder(), { ...spec, queries: [{ expr, legend: '' }] }, 'table')
    .withTransformation(number('x_low'))
    .withTransformation(sorted('x_low', false))
    .withTransformation({
      id: 'groupingToMatrix',
      options: { columnField: 'x', rowField: 'y_low', valueField: 'Value', emptyValue: 'null' },
    })
    .withTransformation(number(CORNER))
    .withTransformation(sorted(CORNER, true))
    .withTransformation({ id: 'renameByRegex', options: { regex: '(.+)\\.\\.(.+)', renamePattern: '$1 – $2' } })
    .align(FieldTextAlignment.Center)
    .noValue('')
    .mappings([unknownMapping('', 'transparent')])
    .overrideByName(CORNER, [
      { id: 'displayName', value: `${y.title} \\ ${x}` },
      { id: 'unit', value: 'none' },
      { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.Auto } },
      { id: 'custom.align', value: FieldTextAlignment.Left },
      {
        id: 'mappings',
        value: [
          {
            type: MappingType.ValueToText,
            options: Object.fromEntries(y.edges.map((low, i) => [String(low), { text: y.names[i]!, index: i }])),
          },
        ],
      },
    ]);
  if (limits)
    builder
      .thresholds(limits)
      .cellOptions({ type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic });
  return builder;
}
