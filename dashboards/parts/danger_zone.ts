import { and, max, maxOver, medianOver, on, or, unless } from '../../operators/alerts/conditions.js';
import type { Condition, Labels } from '../../operators/alerts/types.js';
import { PREFIX } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { correctionHolds } from './correction_holds.js';
import { firing } from './held.js';
import { metricOf } from './select.js';

export const ZONE = ['pipeline', 'variable', 'quantity'] as const;

/** Seconds in which at least two windows close: of one, NoData would fire. */
export const twoWindows = ({ alerts }: Pipeline): number => 2 * alerts.silent_seconds;

type End = 'danger_zone_onset' | 'danger_zone_onset_low' | 'danger_zone_onset_high';

/** Of the last window. */
export const zoneNow = (pipeline: Pipeline, end: End, labels?: Labels): Condition =>
  max(ZONE, metricOf(pipeline, end, labels));

/** The median over the last two windows at least, of those that have one. */
export const zoneLately = (pipeline: Pipeline, end: End, labels: Labels = {}): Condition =>
  max(ZONE, medianOver(PREFIX + end, { pipeline: pipeline.pipeline, ...labels }, twoWindows(pipeline)));

/**
 * Onsets of what is delivered (`corrected`), and of the pull. The pull is of the raw response: it is left out while the
 * correction takes back the bias along the variable, or that of a regime. For the alert of this name, once it fires, a
 * window without an onset is not yet the end of the zone. What HighBias explains is left to it, and is new two windows
 * after it has ended: what a fresh correction leaves in the first of them is no zone.
 */
export function dangerZone(pipeline: Pipeline, alert: string): Condition {
  const onset = (quantity: string): Condition => zoneNow(pipeline, 'danger_zone_onset', { quantity });
  const found = (quantity: string): Condition => {
    const lately = zoneLately(pipeline, 'danger_zone_onset', { quantity });
    return or(onset(quantity), and(lately, firing(pipeline, alert), on(...ZONE)));
  };
  const variable = on('pipeline', 'variable');
  const takenBack = unless(onset('bias'), found('corrected'), variable);
  const pull = unless(unless(found('pull'), takenBack, variable), correctionHolds(pipeline), on('pipeline'));
  return unless(or(found('corrected'), pull), settling(pipeline), on('pipeline'));
}

/** HighBias has ended, and fired within two windows. */
function settling(pipeline: Pipeline): Condition {
  const labels = { alertname: 'HighBias', alertstate: 'firing', pipeline: pipeline.pipeline };
  const fired = max(['pipeline'], maxOver('ALERTS', labels, twoWindows(pipeline)));
  return unless(fired, firing(pipeline, 'HighBias'), on('pipeline'));
}
