import { above, and, equals, increase, number, on, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { metricOf, said } from '../parts/select.js';

/** There are events to read, and none is read. */
export function stall(pipeline: Pipeline): AlertRule[] {
  const { silent_seconds: seconds } = pipeline.alerts;
  const read = increase(`${PREFIX}events_total`, { pipeline: pipeline.pipeline, outcome: 'read' }, seconds);
  const waiting = above(sum(['pipeline'], metricOf(pipeline, 'consumer_lag_events')), number(0));
  return [
    {
      ...{ name: 'Stall', severity: 'page', area: 'pipeline', forSeconds: 0 },
      when: and(waiting, equals(sum(['pipeline'], read), number(0)), on('pipeline')),
      summary: [{ label: 'pipeline' }, ' reads nothing, and ', { value: 'number' }, ' messages wait'],
      description: [
        `No event was read for ${seconds} s. Partition 0 is at window `,
        said(pipeline, 'watermark_window', 'number', { same: [], labels: { partition: '0' } }),
        '.',
      ],
    },
  ];
}
