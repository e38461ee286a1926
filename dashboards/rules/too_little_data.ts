import { below, number } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { byRegime, said, theRegime } from '../parts/select.js';

/** A regime has too few events in its windows for a verdict: null, which is not good. */
export function tooLittleData(pipeline: Pipeline): AlertRule[] {
  const { least, silent_seconds: forSeconds } = pipeline.alerts;
  return [
    {
      ...{ name: 'TooLittleData', severity: 'ticket', area: 'data', forSeconds, limit: least },
      when: below(byRegime(pipeline, 'window_regime_events'), number(least)),
      inhibitedBy: [{ name: 'NoData', equal: [] }],
      summary: ['Too few events in ', ...theRegime(pipeline), ': ', { value: 'number' }, ' a window'],
      description: [
        `Below ${least} events of a window there is no verdict on a regime: null, which is not good. Its share is `,
        said(pipeline, 'regime_share_ratio', 'percent'),
        ' of a window of ',
        said(pipeline, 'window_events', 'number', { same: [] }),
        ' events.',
      ],
    },
  ];
}
