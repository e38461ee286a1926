import {
  abs,
  above,
  all,
  and,
  atLeast,
  below,
  minus,
  number,
  or,
  over,
  unless,
} from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { correctionHolds } from '../parts/correction_holds.js';
import { beyondErrors } from '../parts/beyond_errors.js';
import { held } from '../parts/held.js';
import { byRegime, estimated, inPercent, ofWindow, theRegime } from '../parts/select.js';

const NAME = 'PeakShift';

/** The peak of the reconstructed spectrum has moved from where it was; it needs no truth. */
export function peakShift(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.spectrum) return [];
  const { peak: limit, significance, clear, least, for_seconds: forSeconds } = pipeline.alerts;
  const peak = byRegime(pipeline, 'peak_position');
  const error = byRegime(pipeline, 'peak_position_error');
  const before = byRegime(pipeline, 'reference_peak_position');
  const beforeError = byRegime(pipeline, 'reference_peak_position_error');
  const events = byRegime(pipeline, 'window_regime_events');
  const enough = atLeast(events, number(least));
  const shift = over(minus(peak, before), before);
  const holds = correctionHolds(pipeline);
  const raise = all(
    shift,
    above(abs(shift), number(limit)),
    beyondErrors(minus(peak, before), error, beforeError, significance),
    enough,
  );
  const back = and(below(abs(shift), number(clear * limit)), enough);
  const unit = pipeline.spectrum.unit === undefined ? '' : ` ${pipeline.spectrum.unit}`;
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'response', forSeconds, limit },
      when: held(pipeline, {
        ...{ alert: NAME, by: ['pipeline', 'regime'], value: shift, alive: events },
        raise: pipeline.response ? unless(raise, holds) : raise,
        clear: pipeline.response ? or(back, holds) : back,
      }),
      inhibitedBy: [{ name: 'HighBias', equal: [] }],
      summary: [
        'Peak at ',
        estimated(pipeline, 'peak_position', 'number'),
        `${unit} in `,
        ...theRegime(pipeline),
        ', was ',
        estimated(pipeline, 'reference_peak_position', 'number'),
      ],
      description: [
        'The peak of the reconstructed spectrum has moved by ',
        { value: 'percent' },
        ` of its position; the limit is ${inPercent(limit)} and ${significance} errors. The reference is `,
        estimated(pipeline, 'reference_peak_position', 'number'),
        `${unit}. `,
        ...ofWindow(pipeline),
      ],
    },
  ];
}
