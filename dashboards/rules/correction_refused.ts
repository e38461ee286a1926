import { above, and, max, minOver, minus, number, on } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { firing } from '../parts/held.js';
import { ofPipeline, said } from '../parts/select.js';
import { KEPT_WHILE_BIASED, refitsKept } from '../recording_rules.js';

const SECONDS = 600;

/**
 * A refit has been refused since the response, as delivered, is off: the correction cannot be relied on to mend it. Refits
 * from before are not of it. The value is how many, of the last ten minutes.
 */
export function correctionRefused(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response || pipeline.correction === 'none') return [];
  const first = max(['pipeline'], minOver(KEPT_WHILE_BIASED, { pipeline: pipeline.pipeline }, SECONDS));
  const some = above(minus(refitsKept(pipeline), first), number(0));
  return [
    {
      ...{ name: 'CorrectionRefused', severity: 'info', area: 'correction', forSeconds: 0 },
      when: and(and(some, firing(pipeline, 'HighBias'), on('pipeline')), ofPipeline(pipeline, 'window_events')),
      inhibitedBy: [{ name: 'CorrectionRolledBack', equal: [] }],
      summary: ['A refit of the correction was refused while the response is off'],
      description: [
        'Refits since the response is off, of the last ten minutes, that gave nothing which validation events accept: ',
        { value: 'count' },
        '. What was in effect stays, and HighBias fires. Window ',
        said(pipeline, 'window_number', 'number', { same: [] }),
        '.',
      ],
    },
  ];
}
