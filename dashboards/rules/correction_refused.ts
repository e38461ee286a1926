import { above, and, increase, number, on, sum } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { firing } from '../parts/held.js';
import { ofPipeline, said } from '../parts/select.js';

const SECONDS = 600;

/** A refit has been refused while the response, as delivered, is off: the correction cannot be relied on to mend it. */
export function correctionRefused(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response || pipeline.correction === 'none') return [];
  const kept = increase(`${PREFIX}corrections_total`, { pipeline: pipeline.pipeline, outcome: 'kept' }, SECONDS);
  const some = above(sum(['pipeline'], kept), number(0));
  return [
    {
      ...{ name: 'CorrectionRefused', severity: 'info', area: 'correction', forSeconds: 0 },
      when: and(and(some, firing(pipeline, 'HighBias'), on('pipeline')), ofPipeline(pipeline, 'window_events')),
      inhibitedBy: [{ name: 'CorrectionRolledBack', equal: [] }],
      summary: ['A refit of the correction was refused while the response is off'],
      description: [
        'Over ten minutes, ',
        { value: 'number' },
        ' refits gave nothing that validation events accept, and HighBias fires. What was in effect stays. Window ',
        said(pipeline, 'window_number', 'number', { same: [] }),
        '.',
      ],
    },
  ];
}
