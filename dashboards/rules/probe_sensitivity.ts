import { above, all, max, number, times } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { estimated, inPercent, metricOf, said } from '../parts/select.js';

const BY = ['pipeline', 'probe', 'model', 'regime'] as const;

/** Changes inside the uncertainties of its inputs move a model more often than random ones do. */
export function probeSensitivity(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.probes || Object.keys(pipeline.probes).length === 0) return [];
  const { probe: limit, significance, for_seconds: forSeconds } = pipeline.alerts;
  const excess = max(BY, metricOf(pipeline, 'probe_excess_ratio'));
  const error = max(BY, metricOf(pipeline, 'probe_excess_error_ratio'));
  const same = ['probe', 'model', 'regime'];
  return [
    {
      ...{ name: 'ProbeSensitivity', severity: 'ticket', area: 'probe', forSeconds, limit },
      when: all(above(excess, number(limit)), above(excess, times(number(significance), error))),
      summary: [
        'Probe ',
        { label: 'probe' },
        ' fools ',
        { label: 'model' },
        ' for ',
        estimated(pipeline, 'probe_excess_ratio', 'percent', { same }),
        ' of the events beyond the control, regime ',
        { label: 'regime' },
      ],
      description: [
        'Changes of its inputs inside their uncertainties fool the model for ',
        said(pipeline, 'probe_fooled_ratio', 'percent', { same, labels: { direction: 'adversarial' } }),
        ' of the events that it had right, random ones of the same size for ',
        said(pipeline, 'probe_fooled_ratio', 'percent', { same, labels: { direction: 'random' } }),
        `; the limit of the difference is ${inPercent(limit)} and ${significance} errors.`,
      ],
    },
  ];
}
