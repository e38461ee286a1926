import { BarGaugeDisplayMode, ReduceDataOptionsBuilder, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { filled, type PanelSpec } from './panel.js';
import { plain } from './thresholds.js';

/** Present numbers as bars with a common scale, from 0 to `max`. */
export const bars = (spec: PanelSpec, max: number): PanelBuilder =>
  filled(new PanelBuilder(), spec, 'instant')
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .min(0)
    .max(max)
    .thresholds(plain());
