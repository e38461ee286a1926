import { abs, above, all, and, atLeast, below, minus, number } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { beyondErrors } from '../parts/beyond_errors.js';
import { held } from '../parts/held.js';
import { byRegime, estimated, inPercent, ofPipeline, said, theRegime } from '../parts/select.js';

const NAME = 'RegimeMix';

/** The share of a regime is not what it was in the windows that the checks learned from. */
export function regimeMix(pipeline: Pipeline): AlertRule[] {
  const { share: limit, significance, clear, least, for_seconds: forSeconds } = pipeline.alerts;
  const share = byRegime(pipeline, 'regime_share_ratio');
  const error = byRegime(pipeline, 'regime_share_error_ratio');
  const before = byRegime(pipeline, 'reference_share_ratio');
  const beforeError = byRegime(pipeline, 'reference_share_error_ratio');
  const enough = atLeast(ofPipeline(pipeline, 'window_events'), number(least));
  const change = minus(share, before);
  const withEnough = (one: ReturnType<typeof minus>): typeof one => and(one, enough, { on: ['pipeline'] });
  return [
    {
      ...{ name: NAME, severity: 'ticket', area: 'mix', forSeconds, limit },
      when: held(pipeline, {
        ...{ alert: NAME, by: ['pipeline', 'regime'], value: change },
        raise: withEnough(
          all(change, above(abs(change), number(limit)), beyondErrors(change, error, beforeError, significance)),
        ),
        clear: withEnough(below(abs(change), number(clear * limit))),
        alive: byRegime(pipeline, 'window_regime_events'),
      }),
      summary: [
        'Share of ',
        ...theRegime(pipeline),
        ' is ',
        estimated(pipeline, 'regime_share_ratio', 'percent'),
        ', was ',
        estimated(pipeline, 'reference_share_ratio', 'percent'),
      ],
      description: [
        'The mix of events has changed: by ',
        { value: 'percent' },
        ` of all events; the limit is ${inPercent(limit)} and ${significance} errors. Window `,
        said(pipeline, 'window_number', 'number', { same: [] }),
        ', ',
        said(pipeline, 'window_events', 'number', { same: [] }),
        ` events. It ends below ${inPercent(clear * limit)}.`,
      ],
    },
  ];
}
