import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import type { ThresholdsConfigBuilder, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { dataLink, type DataLink } from './data_link.js';
import { filled, type PanelSpec } from './panel.js';
import { plain } from './thresholds.js';
import { unknownMapping } from './unknown.js';
import { verdictMappings, verdictThresholds } from './verdict.js';

export interface StatSpec extends PanelSpec {
  readonly limits?: ThresholdsConfigBuilder;
  readonly mappings?: ValueMapping[];
  /** With the name of the series, or that alone. */
  readonly text?: 'value' | 'value_and_name' | 'name';
  readonly links?: readonly DataLink[];
}

/** The present number in large. */
export function stat(spec: StatSpec): PanelBuilder {
  const builder = filled(new PanelBuilder(), spec, 'instant')
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .graphMode(BigValueGraphMode.None)
    .colorMode((spec.limits ?? spec.mappings) ? BigValueColorMode.Background : BigValueColorMode.None)
    .orientation(VizOrientation.Auto)
    .textMode(
      { value: BigValueTextMode.Value, value_and_name: BigValueTextMode.ValueAndName, name: BigValueTextMode.Name }[
        spec.text ?? 'value'
      ],
    )
    .thresholds(spec.limits ?? plain());
  builder.mappings([...(spec.mappings ?? []), unknownMapping()]);
  if (spec.links) builder.dataLinks(spec.links.map(dataLink));
  return builder;
}

/** A verdict: a word on its colour. */
export const verdictStat = (spec: Omit<StatSpec, 'unit' | 'limits' | 'mappings'>): PanelBuilder =>
  stat({ ...spec, unit: 'none', mappings: verdictMappings(), limits: verdictThresholds() });
