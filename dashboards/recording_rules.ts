import { abs, and, increase, max, medianOver, on, over, sum } from '../operators/alerts/conditions.js';
import type { Condition, RecordingRule } from '../operators/alerts/types.js';
import { PREFIX } from '../schemas/metrics.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { biased } from './parts/biased.js';
import { twoWindows, ZONE } from './parts/danger_zone.js';
import { byRegime, metricOf } from './parts/select.js';

/** Names are level:metric:operation (Prometheus, practices/rules). */
export const CORE_SIGNIFICANCE = 'pipeline_regime:regimewatch_response_core:significance';
export const PULL_SIGNIFICANCE = 'pipeline_regime:regimewatch_locality_pull:significance';
export const REJECTED_SHARE = 'pipeline:regimewatch_events_rejected:ratio_increase5m';
/** Refits that were refused so far, in windows in which what is delivered is off. */
export const KEPT_WHILE_BIASED = 'pipeline:regimewatch_corrections_kept:while_biased';
/** Onset, low and high, of the hour before the last two windows. */
export const ONSET_BEFORE = {
  danger_zone_onset: 'pipeline_variable_quantity:regimewatch_danger_zone_onset:median1h',
  danger_zone_onset_low: 'pipeline_variable_quantity:regimewatch_danger_zone_onset_low:median1h',
  danger_zone_onset_high: 'pipeline_variable_quantity:regimewatch_danger_zone_onset_high:median1h',
} as const;
const HOUR = 3600;

export const refitsKept = (pipeline: Pipeline): Condition =>
  sum(['pipeline'], metricOf(pipeline, 'corrections_total', { outcome: 'kept' }));

/**
 * What alerts say and dashboards show beside the metrics: how many errors a value is from 0; and what alerts compare the
 * last window with.
 */
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
  const zones = Object.entries(ONSET_BEFORE).map(([end, record]): RecordingRule => {
    const labels = { pipeline: pipeline.pipeline };
    return { record, is: max(ZONE, medianOver(PREFIX + end, labels, HOUR, twoWindows(pipeline))) };
  });
  const kept: RecordingRule = {
    record: KEPT_WHILE_BIASED,
    is: and(refitsKept(pipeline), biased(pipeline), on('pipeline')),
  };
  return [
    ...(pipeline.response ? [...response, ...zones] : []),
    ...(pipeline.response && pipeline.correction !== 'none' ? [kept] : []),
    { record: REJECTED_SHARE, is: over(events('rejected'), events('read')) },
  ];
}
