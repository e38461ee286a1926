import { abs, and, atLeast, below, number } from '../../operators/alerts/conditions.js';
import type { AlertRule } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { biased } from '../parts/biased.js';
import { held } from '../parts/held.js';
import { byRegime, estimated, inPercent, ofWindow, recorded, theRegime } from '../parts/select.js';
import { CORE_SIGNIFICANCE } from '../recording_rules.js';

const NAME = 'HighBias';
const stage = { stage: 'corrected' };

/**
 * The mean of the core of what is delivered is relevantly and significantly off 0 in a regime. It ends once enough
 * events show it below `clear` times the limit.
 */
export function highBias(pipeline: Pipeline): AlertRule[] {
  if (!pipeline.response) return [];
  const { bias, significance, clear, least, for_seconds: forSeconds } = pipeline.alerts;
  const core = byRegime(pipeline, 'response_core_ratio', stage);
  const events = byRegime(pipeline, 'window_regime_events');
  const enough = atLeast(events, number(least));
  return [
    {
      ...{ name: NAME, severity: 'page', area: 'response', forSeconds, limit: bias },
      when: held(pipeline, {
        ...{ alert: NAME, by: ['pipeline', 'regime'], value: core, alive: events },
        raise: biased(pipeline),
        clear: and(below(abs(core), number(clear * bias)), enough),
      }),
      summary: [
        'Bias of ',
        estimated(pipeline, 'response_core_ratio', 'percent', { labels: stage }),
        ' in ',
        ...theRegime(pipeline),
        ', as delivered',
      ],
      description: [
        'The mean of the core of the response, with the correction in effect, is ',
        recorded(pipeline, CORE_SIGNIFICANCE),
        ` errors from 0; the limit is ${inPercent(bias)} and ${significance} errors. `,
        'Without correction it is ',
        estimated(pipeline, 'response_core_ratio', 'percent', { labels: { stage: 'raw' } }),
        '. ',
        ...ofWindow(pipeline),
        ` It ends below ${inPercent(clear * bias)}.`,
      ],
    },
  ];
}
