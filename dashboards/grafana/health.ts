import type { Pipeline } from '../../schemas/pipeline.js';
import type { Classic } from './classic.js';
import { dashboard } from './dashboard.js';
import { flow } from './health_flow.js';
import { log } from './health_log.js';
import { here, rate, rejected } from './health_metrics.js';
import { latency } from './health_process.js';
import { stat } from './panels/stat.js';
import { coloured } from './panels/thresholds.js';
import { metric } from './promql.js';
import { helpOf } from './units.js';
import { instanceVariable } from './variables.js';

function status(pipeline: Pipeline) {
  const { alerts } = pipeline;
  const number = (title: string, expr: string, unit: string, limit: number | null, description: string, decimals = 0) =>
    stat({
      ...{ title, description, unit, decimals, size: [6, 4], queries: [{ expr, legend: title }] },
      ...(limit === null ? {} : { limits: coloured(limit) }),
    });
  return [
    number(
      'Events read',
      rate('pipeline', 'events_total', { outcome: 'read' }),
      'cps',
      null,
      `${helpOf('events_total')} A second.`,
    ),
    number(
      'Lag, all partitions',
      `sum(${metric('consumer_lag_events', here)})`,
      'short',
      alerts.lag,
      helpOf('consumer_lag_events'),
    ),
    number(
      'Oldest checkpoint',
      `max(${metric('checkpoint_age_seconds', here)})`,
      's',
      alerts.checkpoint_seconds,
      helpOf('checkpoint_age_seconds'),
    ),
    number('Rejected now', rejected, 'percentunit', alerts.rejected, 'Rejected over read events.', 2),
  ];
}

/** Does the program keep up, and does it lose anything. */
export const health = (pipeline: Pipeline): Classic =>
  dashboard(pipeline, 'health', {
    title: 'health',
    description: 'Does the program keep up, does it lose anything, and what does it cost.',
    variables: [instanceVariable()],
    sections: [
      { title: 'Does it keep up?', panels: status(pipeline) },
      { title: 'Events and windows', panels: flow(pipeline) },
      { title: 'Log and state', panels: log(pipeline) },
      { title: 'Time and memory', panels: latency() },
    ],
  });
