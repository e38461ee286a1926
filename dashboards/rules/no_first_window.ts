import { on, unless } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { ofPipeline } from '../parts/select.js';

/** The process runs, and no window has ever closed. */
export function noFirstWindow(pipeline: Pipeline): AlertRule[] {
  const closed = ofPipeline(pipeline, 'window_closed_timestamp_seconds');
  const seconds = pipeline.alerts.silent_seconds;
  return [
    {
      ...{ name: 'NoFirstWindow', severity: 'ticket', area: 'data', forSeconds: seconds },
      when: unless(ofPipeline(pipeline, 'events_total', { outcome: 'read' }), closed, on('pipeline')),
      inhibitedBy: [{ name: 'Stall', equal: [] }],
      summary: [{ label: 'pipeline' }, ' runs, and no window has closed yet'],
      description: [`For ${seconds} s it has been up without a closed window: nothing is known of the response.`],
    },
  ];
}
