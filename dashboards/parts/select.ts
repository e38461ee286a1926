import { max, metric } from '../../operators/alerts/conditions.js';
import type { Condition, Labels, Words } from '../../operators/alerts/types.js';
import { METRICS, PREFIX, type MetricDefinition, type MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';

export const metricOf = ({ pipeline }: Pipeline, name: MetricName, labels: Labels = {}): Condition =>
  metric(PREFIX + name, { pipeline, ...labels });

/** A metric by regime, whichever process tells it: no label of the scrape is left, so that all of them match. */
export const byRegime = (pipeline: Pipeline, name: MetricName, labels?: Labels): Condition =>
  max(['pipeline', 'regime'], metricOf(pipeline, name, labels));

export const ofPipeline = (pipeline: Pipeline, name: MetricName, labels?: Labels): Condition =>
  max(['pipeline'], metricOf(pipeline, name, labels));

type Part = Words[number];

/** A metric in words, of the regime of the alert or of other labels that it shares. */
export const said = (
  { pipeline }: Pipeline,
  name: MetricName,
  as: 'percent' | 'number',
  { labels = {}, same = ['regime'] }: { labels?: Labels; same?: readonly string[] } = {},
): Part => ({ metric: PREFIX + name, labels: { pipeline, ...labels }, same, as });

/** The same with its error. */
export function estimated(
  { pipeline }: Pipeline,
  name: MetricName,
  as: 'percent' | 'number',
  { labels = {}, same = ['regime'] }: { labels?: Labels; same?: readonly string[] } = {},
): Part {
  const { error }: MetricDefinition = METRICS[name];
  return { estimate: [PREFIX + name, PREFIX + error!], labels: { pipeline, ...labels }, same, as };
}

const ONSET = {
  danger_zone_onset: `${PREFIX}danger_zone_onset`,
  danger_zone_onset_low: `${PREFIX}danger_zone_onset_low`,
  danger_zone_onset_high: `${PREFIX}danger_zone_onset_high`,
};

/** The onset of a danger zone with its interval; of other series of the same labels, where they are given. */
export const theZone = ({ pipeline }: Pipeline, of: typeof ONSET = ONSET): Part => ({
  interval: [of.danger_zone_onset, of.danger_zone_onset_low, of.danger_zone_onset_high],
  ...{ labels: { pipeline }, same: ['variable', 'quantity'] },
});

/** How many errors something is: a series that a recording rule makes. */
export const recorded = ({ pipeline }: Pipeline, record: string): Part => ({
  ...{ metric: record, labels: { pipeline }, same: ['regime'], as: 'errors' },
});

/** 'regime 3 (high H_T, close)' */
export const theRegime = ({ pipeline }: Pipeline): Words => [
  'regime ',
  { label: 'regime' },
  ' (',
  { metric: `${PREFIX}regime_info`, labels: { pipeline }, same: ['regime'], as: 'label', label: 'label' },
  ')',
];

/** 'Window 12, 510 events of the regime.' */
export const ofWindow = (pipeline: Pipeline): Words => [
  'Window ',
  said(pipeline, 'window_number', 'number', { same: [] }),
  ', ',
  said(pipeline, 'window_regime_events', 'number'),
  ' events of the regime.',
];

/** A limit as words have it: 0.5 % */
export const inPercent = (limit: number): string => `${Number((100 * limit).toPrecision(6))}%`;
