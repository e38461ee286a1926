import {
  above,
  atLeast,
  increase,
  max,
  minus,
  now,
  number,
  on,
  or,
  times,
  unless,
} from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { firing } from '../parts/held.js';
import { ofPipeline } from '../parts/select.js';

const NAME = 'NoData';
/** A pipeline that was there so long ago, and is not, is gone; one that never was is not missed. */
const SECONDS = 600;

/** No window has closed for long, or the process is gone: whatever was good is not known to be good. */
export function noData(pipeline: Pipeline): AlertRule[] {
  const { silent_seconds: limit } = pipeline.alerts;
  const silence = minus(now, ofPipeline(pipeline, 'window_closed_timestamp_seconds'));
  const alive = ofPipeline(pipeline, 'events_total', { outcome: 'read' });
  const windows = increase(`${PREFIX}windows_total`, { pipeline: pipeline.pipeline }, SECONDS);
  const wasThere = atLeast(max(['pipeline'], windows), number(0));
  const known = or(wasThere, max(['pipeline'], firing(pipeline, NAME)));
  return [
    {
      ...{ name: NAME, severity: 'page', area: 'data', forSeconds: 0, limit },
      when: or(above(silence, number(limit)), times(unless(known, alive, on('pipeline')), number(NaN))),
      inhibitedBy: [{ name: 'Stall', equal: [] }],
      summary: ['No window of ', { label: 'pipeline' }, ' has closed for long'],
      description: [
        'Time since the last window closed: ',
        { value: 'duration' },
        ` (unknown: the process that tells is gone); the limit is ${limit} s. What was shown before is not known to hold.`,
      ],
    },
  ];
}
