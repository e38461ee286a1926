import { METRICS, type MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Classic } from './classic.js';
import { dashboard } from './dashboard.js';
import { present, seen, timeline } from './model_versions.js';
import { stateTimeline } from './panels/state_timeline.js';
import { table, type Column } from './panels/table.js';
import { alarmed } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { yesNoMappings } from './panels/verdict.js';
import { metric, named, namedMetric, one } from './promql.js';
import { helpOf, unitOf } from './units.js';

type Reference =
  'reference_share_ratio' | 'reference_core_ratio' | 'reference_sigma68_ratio' | 'reference_peak_position';

function references(pipeline: Pipeline) {
  const column = (legend: string, name: MetricName): Column => ({
    ...{ legend, unit: unitOf(name, pipeline), decimals: 3 },
    expr: namedMetric(name),
  });
  const both = (legend: string, name: Reference): Column[] => [
    column(legend, name),
    column(`± ${legend}`, METRICS[name].error),
  ];
  const { response, spectrum } = pipeline;
  return table({
    title: 'Reference',
    description: `What alerts compare with: ${helpOf('reference_share_ratio')} Each number with its standard error.`,
    size: [24, 7],
    rows: { regime: 'Regime', label: 'Called' },
    columns: [
      ...both('Share', 'reference_share_ratio'),
      ...(response ? [...both('Bias', 'reference_core_ratio'), ...both('σ68', 'reference_sigma68_ratio')] : []),
      ...(spectrum ? both('Peak', 'reference_peak_position') : []),
    ],
  });
}

/** Which models are in effect, since when, and what became of refits. */
export const models = (pipeline: Pipeline): Classic =>
  dashboard(pipeline, 'models', {
    title: 'models',
    description: 'Versions of models and corrections in effect, what became of refits, and what the checks say.',
    sections: [
      {
        title: 'In effect now',
        panels: [
          present('Models', 'model_info'),
          present('Correction', 'correction_info'),
          present('regimewatch', 'build_info'),
        ],
      },
      {
        title: 'Versions',
        panels: [
          timeline('Models over time', 'model_info'),
          timeline('Corrections over time', 'correction_info'),
          seen('Versions of the models', 'model_info'),
          seen('Versions of the correction', 'correction_info'),
        ],
      },
      {
        title: 'Refits and checks',
        panels: [
          timeSeries({
            title: 'Refits by what became of them',
            description: helpOf('corrections_total'),
            unit: 'short',
            size: [12, 7],
            min: 0,
            queries: [{ expr: `max by (outcome) (${metric('corrections_total')})`, legend: '{{outcome}}' }],
          }),
          stateTimeline(
            {
              title: 'Checks in alarm',
              description: `${helpOf('check_alarm')} A bar is the time that it was.`,
              unit: 'none',
              size: [12, 7],
              queries: [
                {
                  expr: one(['check', 'quantity', 'regime'], metric('check_alarm', { regime: null })),
                  legend: '{{check}} of {{quantity}}, regime {{regime}}',
                },
              ],
            },
            yesNoMappings('quiet', 'alarm'),
            alarmed(),
          ),
        ],
      },
      {
        title: 'What is compared with',
        panels: [
          references(pipeline),
          timeSeries({
            title: 'Events of closed windows',
            description: helpOf('regime_events_total'),
            unit: 'cps',
            size: [24, 7],
            min: 0,
            queries: [
              {
                expr: named(`sum by (pipeline, regime) (rate(${metric('regime_events_total')}[$__rate_interval]))`),
                legend: '{{label}}',
              },
            ],
          }),
        ],
      },
    ],
  });
