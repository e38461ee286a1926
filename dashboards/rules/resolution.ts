import { above, all, and, atLeast, below, minus, number, over } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { beyondErrors } from '../parts/beyond_errors.js';
import { held } from '../parts/held.js';
import { byRegime, estimated, inPercent, ofWindow, theRegime } from '../parts/select.js';

const NAME = 'Resolution';
const stage = { stage: 'corrected' };

/** sigma68 of what is delivered has grown over that of the windows that the checks learned from. */
export function resolution(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const { sigma68, significance, clear, least, for_seconds: forSeconds } = pipeline.alerts;
  const width = byRegime(pipeline, 'response_sigma68_ratio', stage);
  const error = byRegime(pipeline, 'response_sigma68_error_ratio', stage);
  const before = byRegime(pipeline, 'reference_sigma68_ratio');
  const beforeError = byRegime(pipeline, 'reference_sigma68_error_ratio');
  const events = byRegime(pipeline, 'window_regime_events');
  const enough = atLeast(events, number(least));
  const growth = over(minus(width, before), before);
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'response', forSeconds, limit: sigma68 },
      when: held(pipeline, {
        ...{ alert: NAME, by: ['pipeline', 'regime'], value: growth, alive: events },
        raise: all(
          above(growth, number(sigma68)),
          beyondErrors(minus(width, before), error, beforeError, significance),
          enough,
        ),
        clear: and(below(growth, number(clear * sigma68)), enough),
      }),
      inhibitedBy: [{ name: 'HighBias', equal: [] }],
      summary: [
        'Resolution ',
        estimated(pipeline, 'response_sigma68_ratio', 'percent', { labels: stage }),
        ' in ',
        ...theRegime(pipeline),
        ', was ',
        estimated(pipeline, 'reference_sigma68_ratio', 'percent'),
      ],
      description: [
        'sigma68 of the response, with the correction in effect, has grown by ',
        { value: 'percent' },
        ` of its reference; the limit is ${inPercent(sigma68)} and ${significance} errors. The reference is `,
        estimated(pipeline, 'reference_sigma68_ratio', 'percent'),
        '. ',
        ...ofWindow(pipeline),
        ` It ends below ${inPercent(clear * sigma68)}.`,
      ],
    },
  ];
}
