import { TooltipDisplayMode, VisibilityMode, VizTooltipOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type ThresholdsConfigBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statushistory';
import { filled, type PanelSpec } from './panel.js';
import { legend } from './time_series.js';

/** A number against time and something else, one line of cells a series, the first on top. */
export function statusHistory(spec: PanelSpec, limits: ThresholdsConfigBuilder): PanelBuilder {
  return (
    filled(new PanelBuilder(), spec, 'range')
      .thresholds(limits)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .showValue(VisibilityMode.Auto)
      .fillOpacity(85)
      // As many cells as can be told apart.
      .maxDataPoints(60)
      .legend(legend().showLegend(false))
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single))
  );
}
