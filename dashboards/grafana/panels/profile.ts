import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LineInterpolation,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common';
import type { ThresholdsConfigBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/trend';
import { bandQueries, drawBands, type Band } from './error_band.js';
import { filled, refId, type PanelSpec, type Query } from './panel.js';
import { plain } from './thresholds.js';
import { legend, tooltip } from './time_series.js';

export interface ProfileSpec extends Omit<PanelSpec, 'queries'> {
  readonly x: { readonly title: string; readonly unit: string };
  readonly limits?: ThresholdsConfigBuilder;
}

/**
 * Numbers of the last window against a context variable, with error bands. Each sample has the lower end of its bin as the
 * label `low`, and holds until the next one: hence the steps. The trend panel wants one frame with rising numbers, so the
 * answers are reduced to low and value, made numbers, and joined. `lines` have no errors: they are counts.
 */
export function profile(
  { x, limits, ...spec }: ProfileSpec,
  bands: readonly Band[],
  lines: readonly Query[] = [],
): PanelBuilder {
  const queries = [...bandQueries(bands), ...lines];
  const value = (n: number): string => (queries.length > 1 ? `Value #${refId(n)}` : 'Value');
  const builder = filled(new PanelBuilder(), { ...spec, queries }, 'table')
    .withTransformation({
      id: 'filterFieldsByName',
      options: { include: { names: ['low', ...queries.map((_, n) => value(n))] } },
    })
    .withTransformation({
      id: 'convertFieldType',
      options: { conversions: [{ targetField: 'low', destinationType: 'number' }], fields: {} },
    })
    .withTransformation({ id: 'joinByField', options: { byField: 'low', mode: 'outer' } })
    .withTransformation({
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: {},
        renameByName: { low: x.title, ...Object.fromEntries(queries.map(({ legend: name }, n) => [value(n), name])) },
      },
    })
    .xField(x.title)
    .legend(legend())
    .tooltip(tooltip())
    .lineWidth(2)
    .lineInterpolation(LineInterpolation.StepAfter)
    .showPoints(VisibilityMode.Never)
    .thresholds(limits ?? plain())
    .overrideByName(x.title, [{ id: 'unit', value: x.unit }]);
  if (limits) builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return drawBands(builder, bands);
}
