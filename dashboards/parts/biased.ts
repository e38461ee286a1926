import { abs, above, all, atLeast, number, times } from '../../operators/alerts/conditions.js';
import type { Condition } from '../../operators/alerts/types.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { byRegime } from './select.js';

/** Regimes in which the mean of the core of what is delivered is relevantly and significantly off 0; the value is it. */
export function biased(pipeline: Pipeline): Condition {
  const { bias, significance, least } = pipeline.alerts;
  const core = byRegime(pipeline, 'response_core_ratio', { stage: 'corrected' });
  const error = byRegime(pipeline, 'response_core_error_ratio', { stage: 'corrected' });
  const enough = atLeast(byRegime(pipeline, 'window_regime_events'), number(least));
  return all(core, above(abs(core), number(bias)), above(abs(core), times(number(significance), error)), enough);
}
