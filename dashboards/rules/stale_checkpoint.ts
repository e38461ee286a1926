import { above, and, increase, max, number, on, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { metricOf } from '../parts/select.js';

/** Events are read, and the state that they changed has not been stored for long. */
export function staleCheckpoint(pipeline: Pipeline): AlertRule[] {
  const { checkpoint_seconds: limit } = pipeline.alerts;
  const read = increase(`${PREFIX}events_total`, { pipeline: pipeline.pipeline, outcome: 'read' }, limit);
  const age = max(['pipeline', 'partition'], metricOf(pipeline, 'checkpoint_age_seconds'));
  return [
    {
      ...{ name: 'StaleCheckpoint', severity: 'ticket', area: 'pipeline', forSeconds: 0, limit },
      when: and(above(age, number(limit)), above(sum(['pipeline'], read), number(0)), on('pipeline')),
      inhibitedBy: [{ name: 'Stall', equal: [] }],
      summary: ['Partition ', { label: 'partition' }, ' was last stored ', { value: 'duration' }, ' ago'],
      description: [`The limit is ${limit} s. After a crash, all that was read since would be read again.`],
    },
  ];
}
