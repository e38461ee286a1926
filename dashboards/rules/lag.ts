import { above, number, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { metricOf } from '../parts/select.js';

/** Seconds: a burst is not a lag. */
const HELD = 60;

/** The workers are far behind the end of the log, over all partitions. */
export function lag(pipeline: Pipeline): AlertRule[] {
  const { lag: limit } = pipeline.alerts;
  return [
    {
      ...{ name: 'Lag', severity: 'ticket', area: 'pipeline', forSeconds: HELD, limit },
      when: above(sum(['pipeline'], metricOf(pipeline, 'consumer_lag_events')), number(limit)),
      inhibitedBy: [{ name: 'Stall', equal: [] }],
      summary: [{ label: 'pipeline' }, ' is ', { value: 'number' }, ' messages behind'],
      description: [`The limit is ${limit} messages for ${HELD} s. What is shown is as old as what is being read.`],
    },
  ];
}
