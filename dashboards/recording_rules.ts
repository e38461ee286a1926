import { abs, increase, over, sum } from '../operators/alerts/conditions.js';
import type { Condition, RecordingRule } from '../operators/alerts/types.js';
import { PREFIX } from '../schemas/metrics.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { byRegime } from './parts/select.js';

/** Names are level:metric:operation (Prometheus, practices/rules). */
export const CORE_SIGNIFICANCE = 'pipeline_regime:regimewatch_response_core:significance';
export const PULL_SIGNIFICANCE = 'pipeline_regime:regimewatch_locality_pull:significance';
export const REJECTED_SHARE = 'pipeline:regimewatch_events_rejected:ratio_increase5m';

/** What alerts say and dashboards show beside the metrics: how many errors a value is from 0. */
export function recordingRules(pipeline: Pipeline): RecordingRule[] {
  const stage = { stage: 'corrected' };
  const core = byRegime(pipeline, 'response_core_ratio', stage);
  const pull = byRegime(pipeline, 'locality_pull_mean');
  const events = (outcome: string): Condition =>
    sum(['pipeline'], increase(`${PREFIX}events_total`, { pipeline: pipeline.pipeline, outcome }, 300));
  const response: RecordingRule[] = [
    { record: CORE_SIGNIFICANCE, is: over(abs(core), byRegime(pipeline, 'response_core_error_ratio', stage)) },
    { record: PULL_SIGNIFICANCE, is: over(abs(pull), byRegime(pipeline, 'locality_pull_mean_error')) },
  ];
  return [
    ...(pipeline.response ? response : []),
    { record: REJECTED_SHARE, is: over(events('rejected'), events('read')) },
  ];
}
