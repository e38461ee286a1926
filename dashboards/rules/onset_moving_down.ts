import { and, below, metric, on, or } from '../../operators/alerts/conditions.js';
import type { AlertRule, Condition } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { dangerZone, ZONE, zoneLately, zoneNow } from '../parts/danger_zone.js';
import { firing } from '../parts/held.js';
import { said, theZone } from '../parts/select.js';
import { ONSET_BEFORE } from '../recording_rules.js';

const NAME = 'OnsetMovingDown';

/**
 * The onset of a danger zone is significantly lower than it was: its 95 % interval now is wholly below the interval of
 * the hour before, whose ends are the medians of those of its windows. It ends when the interval of the last two windows
 * reaches the onset of the hour before, which by then may be the lower one.
 */
export function onsetMovingDown(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const before = (end: keyof typeof ONSET_BEFORE): Condition =>
    metric(ONSET_BEFORE[end], { pipeline: pipeline.pipeline });
  const zone = dangerZone(pipeline, NAME);
  const belowAll = below(zoneNow(pipeline, 'danger_zone_onset_high'), before('danger_zone_onset_low'));
  const belowOnset = below(zoneLately(pipeline, 'danger_zone_onset_high'), before('danger_zone_onset'));
  const stays = and(and(zone, firing(pipeline, NAME), on(...ZONE)), belowOnset);
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'response', forSeconds: pipeline.alerts.for_seconds },
      when: or(and(zone, belowAll), stays),
      inhibitedBy: [
        { name: 'HighBias', equal: [] },
        { name: 'CorrectionRolledBack', equal: [] },
      ],
      summary: [
        ...['Danger zone along ', { label: 'variable' }, ' has moved down to ', theZone(pipeline)],
        ...[', was ', theZone(pipeline, ONSET_BEFORE), ' (', { label: 'quantity' }, ')'],
      ],
      description: [
        ...['From ', { label: 'variable' }, ' = ', theZone(pipeline), ' on, the response (', { label: 'quantity' }],
        ...[') leaves its tolerance; in the hour before it did from ', theZone(pipeline, ONSET_BEFORE), ' on. The '],
        '95 % interval is wholly below that of then: more events are in the zone. Window ',
        said(pipeline, 'window_number', 'number', { same: [] }),
        ', ',
        said(pipeline, 'window_events', 'number', { same: [] }),
        ' events; unknown: not found in this window.',
      ],
    },
  ];
}
