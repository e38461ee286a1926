import type { MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { here, overTime, rate } from './health_metrics.js';
import { below } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { metric } from './promql.js';
import { helpOf } from './units.js';

const ofPartition = (name: MetricName): string => `max by (instance, partition) (${metric(name, here)})`;

/** How far it is, and what it waits for. */
export function log(pipeline: Pipeline) {
  const { alerts } = pipeline;
  const partition = 'partition {{partition}}';
  return [
    overTime(pipeline, 'Lag', 'consumer_lag_events', ofPartition('consumer_lag_events'), partition, {
      limits: below(alerts.lag),
      help: 'Dashed: the limit of the alert.',
    }),
    overTime(
      pipeline,
      'Age of the checkpoint',
      'checkpoint_age_seconds',
      ofPartition('checkpoint_age_seconds'),
      partition,
      { limits: below(alerts.checkpoint_seconds), help: 'Dashed: the limit of the alert.' },
    ),
    overTime(pipeline, 'Lowest open window', 'watermark_window', ofPartition('watermark_window'), partition, {
      help: 'A line that stays flat stalls.',
    }),
    overTime(pipeline, 'Events held back', 'held_events', ofPartition('held_events'), partition),
    overTime(pipeline, 'Waits for models', 'model_wait', ofPartition('model_wait'), partition),
    timeSeries({
      title: 'Retries, restarts, rebalances',
      description: [helpOf('retries_total'), helpOf('restarts_total'), helpOf('rebalances_total')].join(' '),
      unit: 'cps',
      size: [8, 7],
      min: 0,
      queries: [
        { expr: rate('pipeline', 'retries_total'), legend: 'retries' },
        { expr: rate('pipeline', 'restarts_total'), legend: 'restarts' },
        { expr: rate('pipeline', 'rebalances_total'), legend: 'rebalances' },
      ],
    }),
    ...(pipeline.late_truth
      ? [
          overTime(pipeline, 'Join with the truth', 'joined_total', rate('outcome', 'joined_total'), '{{outcome}}', {
            unit: 'cps',
            stacked: true,
            width: 12,
          }),
          overTime(
            pipeline,
            'Waiting for their other side',
            'join_waiting_events',
            `sum by (side) (${metric('join_waiting_events', here)})`,
            '{{side}}',
            { width: 12 },
          ),
        ]
      : []),
  ];
}
