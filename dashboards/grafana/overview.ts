import type { Pipeline } from '../../schemas/pipeline.js';
import type { Classic } from './classic.js';
import { dashboard } from './dashboard.js';
import { onsetPanels } from './onsets.js';
import { links, status } from './overview_status.js';
import { alertTable, delivered, growth, regimeTable } from './overview_tables.js';
import { bars } from './panels/bars.js';
import { below, within } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { metric, named, namedMetric, one } from './promql.js';
import { helpOf } from './units.js';

function response(pipeline: Pipeline) {
  if (!pipeline.response) return [];
  const { bias, sigma68, significance } = pipeline.alerts;
  const core = one(['regime'], metric('response_core_ratio', delivered));
  const error = one(['regime'], metric('response_core_error_ratio', delivered));
  return [
    timeSeries({
      title: 'Bias as delivered',
      description: `${helpOf('response_core_ratio')} With the correction in effect. The dashed lines are the limit of the alert.`,
      unit: 'percentunit',
      size: [12, 8],
      limits: within(bias),
      queries: [{ expr: named(core), legend: '{{label}}' }],
      links: links(pipeline),
    }),
    timeSeries({
      title: 'Bias in its errors',
      description: `|bias| over its standard error: how sure. An alert needs ${significance} (dashed) beside its limit.`,
      unit: 'suffix:σ',
      size: [12, 8],
      limits: below(significance),
      min: 0,
      queries: [{ expr: named(`abs(${core}) / ${error}`), legend: '{{label}}' }],
      links: links(pipeline),
    }),
    timeSeries({
      title: 'Growth of σ68 as delivered',
      description: `${helpOf('response_sigma68_ratio')} Relative to the windows that the checks learned from; dashed the limit of the alert.`,
      unit: 'percentunit',
      size: [12, 8],
      limits: below(sigma68),
      queries: [{ expr: named(growth), legend: '{{label}}' }],
      links: links(pipeline),
    }),
  ];
}

/** Is it fine, since when, where. */
export const overview = (pipeline: Pipeline): Classic =>
  dashboard(pipeline, 'overview', {
    title: 'overview',
    description: 'Is the reconstruction fine, since when, in which regime, by how much and how sure.',
    sections: [
      status(pipeline),
      { title: 'What is wrong, and where', panels: [alertTable(pipeline), regimeTable(pipeline)] },
      {
        title: 'Over time',
        panels: [
          ...response(pipeline),
          bars(
            {
              title: 'Shares of the regimes',
              description: `${helpOf('regime_share_ratio')} The drill-down has the errors.`,
              unit: 'percentunit',
              size: [12, 8],
              queries: [{ expr: namedMetric('regime_share_ratio'), legend: '{{label}}' }],
            },
            1,
          ),
        ],
      },
      ...(pipeline.response ? [{ title: 'From where on the response changes', panels: onsetPanels(pipeline) }] : []),
    ],
  });
