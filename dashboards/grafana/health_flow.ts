import type { Pipeline } from '../../schemas/pipeline.js';
import { overTime, rate, rejected } from './health_metrics.js';
import { below } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { metric } from './promql.js';
import { helpOf } from './units.js';

/** What becomes of the events. */
export function flow(pipeline: Pipeline) {
  const { alerts } = pipeline;
  return [
    overTime(
      pipeline,
      'Events by what became of them',
      'events_total',
      rate('outcome', 'events_total', { outcome: { like: 'used|rejected|late|duplicate' } }),
      '{{outcome}}',
      { unit: 'cps', stacked: true },
    ),
    timeSeries({
      title: 'Share rejected',
      description: `Rejected over read events; dashed the limit of the alert.`,
      unit: 'percentunit',
      size: [8, 7],
      min: 0,
      limits: below(alerts.rejected),
      queries: [{ expr: rejected, legend: 'rejected' }],
    }),
    overTime(pipeline, 'Rejections by reason', 'rejected_total', rate('reason', 'rejected_total'), '{{reason}}', {
      unit: 'cps',
      stacked: true,
    }),
    overTime(pipeline, 'Windows', 'windows_total', rate('instance', 'windows_total'), '{{instance}}', { unit: 'cps' }),
    overTime(
      pipeline,
      'Events of the last window',
      'window_events',
      `max by (pipeline) (${metric('window_events')})`,
      'events',
    ),
    timeSeries({
      title: 'Late, unreadable',
      description: `${helpOf('very_late_events_total')} ${helpOf('dead_letters_total')}`,
      unit: 'cps',
      size: [8, 7],
      min: 0,
      queries: [
        { expr: rate('pipeline', 'very_late_events_total'), legend: 'after their window closed' },
        { expr: rate('pipeline', 'dead_letters_total'), legend: 'could not be read' },
        { expr: rate('pipeline', 'events_total', { outcome: 'late' }), legend: 'late' },
      ],
    }),
  ];
}
