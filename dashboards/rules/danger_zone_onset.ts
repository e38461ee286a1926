import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { dangerZone } from '../parts/danger_zone.js';
import { said, theZone } from '../parts/select.js';

const NAME = 'DangerZoneOnset';

/**
 * From some value of a context variable on, what is delivered (`corrected`) or the pull changes by more than the
 * tolerance, in more than one window: in one of a hundred there is an onset by chance (`danger_zone.level`). The value is
 * the onset: the lower, the more of the events are in the zone.
 */
export function dangerZoneOnset(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const { for_seconds: forSeconds, silent_seconds: oneWindow } = pipeline.alerts;
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'response' },
      forSeconds: Math.max(forSeconds, oneWindow),
      when: dangerZone(pipeline, NAME),
      inhibitedBy: [
        { name: 'HighBias', equal: [] },
        { name: 'OnsetMovingDown', equal: ['variable', 'quantity'] },
      ],
      summary: [
        ...['Danger zone along ', { label: 'variable' }, ' from ', theZone(pipeline), ' on ('],
        ...[{ label: 'quantity' }, ')'],
      ],
      description: [
        ...['From ', { label: 'variable' }, ' = ', theZone(pipeline), ' on, with the 95 % interval, the response ('],
        ...[{ label: 'quantity' }, ') leaves its tolerance. Window '],
        said(pipeline, 'window_number', 'number', { same: [] }),
        ', ',
        said(pipeline, 'window_events', 'number', { same: [] }),
        ' events; unknown: not found in this window.',
      ],
    },
  ];
}
