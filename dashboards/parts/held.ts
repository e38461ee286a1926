import {
  and,
  atLeast,
  increase,
  max,
  metric,
  number,
  on,
  or,
  times,
  unless,
} from '../../operators/alerts/conditions.js';
import type { Condition } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { ofPipeline } from './select.js';

export interface Held {
  readonly alert: string;
  readonly by: readonly string[];
  /** What the alert is about; its labels are `by`. */
  readonly value: Condition;
  /** The value, where it is beyond the limit. */
  readonly raise: Condition;
  /** What ends it: data that say so. */
  readonly clear: Condition;
  /** Is there as long as the stream lives. */
  readonly alive: Condition;
}

/** The alert fires, as of the evaluation before. */
export const firing = ({ pipeline }: Pipeline, alert: string): Condition =>
  metric('ALERTS', { alertname: alert, alertstate: 'firing', pipeline });

/** Seconds that a missed scrape or a restart may last. */
const GAP = 300;

/** The pipeline says nothing, and did within five minutes. */
function gap(pipeline: Pipeline): Condition {
  const windows = increase(`${PREFIX}windows_total`, { pipeline: pipeline.pipeline }, GAP);
  return unless(atLeast(max(['pipeline'], windows), number(0)), ofPipeline(pipeline, 'window_events'), on('pipeline'));
}

/**
 * A condition with hysteresis: what fires stays until data clear it. While the stream lives, a value that is absent
 * clears nothing, nor does a gap of the scrapes; the alert's own value is then NaN, since there is none.
 */
export function held(pipeline: Pipeline, { alert, by, value, raise, clear, alive }: Held): Condition {
  const fires = firing(pipeline, alert);
  const stays = unless(and(value, fires, on(...by)), clear, on(...by));
  const goesOn = or(and(alive, fires, on(...by)), and(max(by, fires), gap(pipeline), on('pipeline')));
  const unknown = times(unless(goesOn, value, on(...by)), number(NaN));
  return or(or(raise, stays), unknown);
}
