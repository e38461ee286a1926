import { abs, above, all, and, atLeast, below, number, or, times, unless } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { correctionHolds } from '../parts/correction_holds.js';
import { held } from '../parts/held.js';
import { byRegime, estimated, ofWindow, recorded, theRegime } from '../parts/select.js';
import { PULL_SIGNIFICANCE } from '../recording_rules.js';

const NAME = 'LocalityViolation';

/** The mean pull is off 0 in a regime: the response depends on more than the local parameters. */
export function localityViolation(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response || !pipeline.objects) return [];
  const { significance, clear, least, for_seconds: forSeconds } = pipeline.alerts;
  const limit = pipeline.danger_zone.tolerance.pull;
  const pull = byRegime(pipeline, 'locality_pull_mean');
  const error = byRegime(pipeline, 'locality_pull_mean_error');
  const events = byRegime(pipeline, 'window_regime_events');
  const enough = atLeast(events, number(least));
  const holds = correctionHolds(pipeline);
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'response', forSeconds, limit },
      when: held(pipeline, {
        ...{ alert: NAME, by: ['pipeline', 'regime'], value: pull, alive: events },
        raise: unless(
          all(pull, above(abs(pull), number(limit)), above(abs(pull), times(number(significance), error)), enough),
          holds,
        ),
        clear: or(and(below(abs(pull), number(clear * limit)), enough), holds),
      }),
      inhibitedBy: [{ name: 'HighBias', equal: [] }],
      summary: [
        'Mean pull ',
        estimated(pipeline, 'locality_pull_mean', 'number'),
        ' in ',
        ...theRegime(pipeline),
        ': the response is not local',
      ],
      description: [
        'Against what the local parameters explain, the response is off by ',
        estimated(pipeline, 'locality_pull_mean', 'number'),
        ' of its width, ',
        recorded(pipeline, PULL_SIGNIFICANCE),
        ` errors; the limit is ${limit} and ${significance} errors, and no correction takes it back. The width of the pull is `,
        estimated(pipeline, 'locality_pull_width', 'number'),
        '. ',
        ...ofWindow(pipeline),
      ],
    },
  ];
}
