import { abs, above, and, below, number, times } from '../../operators/alerts/conditions.js';
import type { Condition } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { byRegime } from './select.js';

/**
 * Regimes in which the correction in effect takes back more than half of a significant bias. Pull and peak are of the
 * raw response; where the correction holds it, what is delivered has not changed, and that alone is alerted on.
 */
export function correctionHolds(pipeline: Pipeline): Condition {
  const core = (stage: string): Condition => abs(byRegime(pipeline, 'response_core_ratio', { stage }));
  const error = byRegime(pipeline, 'response_core_error_ratio', { stage: 'raw' });
  return and(
    above(core('raw'), times(number(pipeline.alerts.significance), error)),
    below(core('corrected'), times(number(0.5), core('raw'))),
  );
}
