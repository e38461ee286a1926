import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type ThresholdsConfigBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { dataLink, type DataLink } from './data_link.js';
import { filled, type PanelSpec } from './panel.js';
import { plain } from './thresholds.js';

export interface TimeSeriesSpec extends PanelSpec {
  /** Limits, drawn as dashed lines. */
  readonly limits?: ThresholdsConfigBuilder;
  readonly stacked?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Where a series leads. */
  readonly links?: readonly DataLink[];
}

export const legend = () =>
  new VizLegendOptionsBuilder().showLegend(true).displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom);

export const tooltip = () => new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.None);

/** Numbers of the last closed window against time: each holds until the next window closes, hence the steps. */
export function timeSeries(spec: TimeSeriesSpec): PanelBuilder {
  const builder = filled(new PanelBuilder(), spec, 'range')
    .legend(legend())
    .tooltip(tooltip())
    .lineWidth(2)
    .lineInterpolation(LineInterpolation.StepAfter)
    .showPoints(VisibilityMode.Never)
    .fillOpacity(spec.stacked ? 60 : 0)
    .thresholds(spec.limits ?? plain())
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName));
  if (spec.limits)
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  if (spec.stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
  if (spec.min !== undefined) builder.min(spec.min);
  if (spec.max !== undefined) builder.max(spec.max);
  if (spec.links) builder.dataLinks(spec.links.map(dataLink));
  return builder;
}
