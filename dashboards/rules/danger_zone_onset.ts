import { max, on, or, unless } from '../../operators/alerts/conditions.js';
import type { AlertRule, Condition } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { correctionHolds } from '../parts/correction_holds.js';
import { metricOf, said } from '../parts/select.js';

const BY = ['pipeline', 'variable', 'quantity'] as const;

/**
 * From some value of a context variable on, what is delivered (`corrected`) or the pull changes by more than the
 * tolerance. The pull is of the raw response: it is left out while the correction takes back the bias along the
 * variable, or that of a regime. The value is the onset: the lower, the more of the events are in the zone.
 */
export function dangerZoneOnset(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const onset = (quantity: string): Condition => max(BY, metricOf(pipeline, 'danger_zone_onset', { quantity }));
  const variable = on('pipeline', 'variable');
  const takenBack = unless(onset('bias'), onset('corrected'), variable);
  const pull = unless(unless(onset('pull'), takenBack, variable), correctionHolds(pipeline), on('pipeline'));
  const words = { same: ['variable', 'quantity'] };
  return [
    {
      ...{ name: 'DangerZoneOnset', severity: 'ticket', area: 'response' },
      forSeconds: pipeline.alerts.for_seconds,
      when: or(onset('corrected'), pull),
      inhibitedBy: [{ name: 'HighBias', equal: [] }],
      summary: [
        'Danger zone from ',
        { label: 'variable' },
        ' = ',
        { value: 'number' },
        ' on (',
        { label: 'quantity' },
        ')',
      ],
      description: [
        'From ',
        { label: 'variable' },
        ' = ',
        { value: 'number' },
        ' on, 95 % interval ',
        said(pipeline, 'danger_zone_onset_low', 'number', words),
        ' to ',
        said(pipeline, 'danger_zone_onset_high', 'number', words),
        ', the response (',
        { label: 'quantity' },
        ') leaves its tolerance. Window ',
        said(pipeline, 'window_number', 'number', { same: [] }),
        ', ',
        said(pipeline, 'window_events', 'number', { same: [] }),
        ' events.',
      ],
    },
  ];
}
