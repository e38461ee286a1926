import { and, atLeast, number, unless } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { byRegime, ofWindow, theRegime } from '../parts/select.js';

const stage = { stage: 'corrected' };

/** A regime has enough events, and its response is not known or has no error: no other alert can tell that it is good. */
export function unknownResponse(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const { least, silent_seconds: seconds, for_seconds: forSeconds } = pipeline.alerts;
  const events = byRegime(pipeline, 'window_regime_events');
  const core = byRegime(pipeline, 'response_core_ratio', stage);
  const error = byRegime(pipeline, 'response_core_error_ratio', stage);
  return [
    {
      ...{ name: 'UnknownResponse', severity: 'ticket', area: 'data', forSeconds: Math.max(forSeconds, seconds) },
      when: unless(atLeast(events, number(least)), and(core, error)),
      inhibitedBy: [
        { name: 'NoData', equal: [] },
        { name: 'HighBias', equal: ['regime'] },
      ],
      summary: [
        'The response in ',
        ...theRegime(pipeline),
        ' is not known, with ',
        { value: 'count' },
        ' events a window',
      ],
      description: [
        `For ${Math.max(forSeconds, seconds)} s its windows have had at least ${least} events, and no mean response with an error: no truth, no `,
        'reconstruction, or all of it alike. That no other alert fires does not mean that it is good. ',
        ...ofWindow(pipeline),
      ],
    },
  ];
}
