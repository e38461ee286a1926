import { TooltipDisplayMode, VisibilityMode, VizTooltipOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { ThresholdsConfigBuilder, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { filled, type PanelSpec } from './panel.js';
import { legend } from './time_series.js';

/** States against time, one line a series, each state with its word: since when. */
export function stateTimeline(
  spec: PanelSpec,
  mappings: ValueMapping[],
  limits: ThresholdsConfigBuilder,
): PanelBuilder {
  return filled(new PanelBuilder(), spec, 'range')
    .mappings(mappings)
    .thresholds(limits)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .showValue(VisibilityMode.Auto)
    .mergeValues(true)
    .fillOpacity(85)
    .legend(legend().showLegend(false))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
}
