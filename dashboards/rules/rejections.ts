import { above, increase, number, over, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule, Condition } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { inPercent, said } from '../parts/select.js';

const SECONDS = 300;

/** Many events are rejected: what is left may not be representative. */
export function rejections(pipeline: Pipeline): AlertRule[] {
  const { rejected: limit } = pipeline.alerts;
  const events = (outcome: string): Condition =>
    sum(['pipeline'], increase(`${PREFIX}events_total`, { pipeline: pipeline.pipeline, outcome }, SECONDS));
  return [
    {
      ...{ name: 'Rejections', severity: 'ticket', area: 'data', forSeconds: 0, limit },
      when: above(over(events('rejected'), events('read')), number(limit)),
      summary: [{ value: 'percent' }, ' of the events of ', { label: 'pipeline' }, ' are rejected'],
      description: [
        `Of the events read over five minutes; the limit is ${inPercent(limit)}. In all, `,
        said(pipeline, 'events_total', 'number', { same: [], labels: { outcome: 'rejected' } }),
        ' of ',
        said(pipeline, 'events_total', 'number', { same: [], labels: { outcome: 'read' } }),
        ' have been; regimewatch_rejected_total has the reasons.',
      ],
    },
  ];
}
