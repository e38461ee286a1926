import { AnnotationQueryBuilder, type AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { COLOURS } from './colours.js';
import { alerts, metric, one } from './promql.js';
import { DATASOURCE } from './variables.js';

/** Marks closer together than this are drawn as one region; over an hour Grafana looks about so often. */
const STEP = '30s';

function annotation(name: string, colour: string, expression: string, title: string, text: string): AnnotationQuery {
  const built = new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(colour)
    .expr(expression)
    .step(STEP)
    .titleFormat(title)
    .textFormat(text)
    .useValueForTime(false)
    .target(new DataqueryBuilder().expr(expression).interval(STEP).range().refId('Anno'))
    .build();
  // The SDK would put it away into the menu.
  delete built.placement;
  delete built.builtIn;
  return built;
}

/** A version is marked where it is there and was not one step before. */
const appears = (name: 'model_info' | 'correction_info'): string =>
  `${one(['version'], metric(name))} unless on (pipeline, version) ${metric(name)} offset $__interval`;

const refits = (outcome: string): string =>
  `sum by (pipeline, outcome) (increase(${metric('corrections_total', { outcome: { like: outcome } })}[$__rate_interval])) > 0`;

/** What happened, drawn over every graph: versions of models and corrections, refits by their outcome, alerts. */
export const annotations = (): AnnotationQuery[] => [
  annotation('Models', COLOURS.blue, appears('model_info'), 'Models in effect', '{{version}}'),
  annotation('Correction', COLOURS.violet, appears('correction_info'), 'Correction in effect', '{{version}}'),
  annotation('Correction accepted', COLOURS.purple, refits('accepted'), 'Correction accepted', ''),
  annotation('Correction refused', COLOURS.orange, refits('kept|rolled_back'), 'Correction {{outcome}}', ''),
  annotation(
    'Alerts',
    COLOURS.red,
    one(['alertname', 'severity', 'regime'], alerts({ alertstate: 'firing' })),
    '{{alertname}}',
    'regime {{regime}}, severity {{severity}}',
  ),
];
