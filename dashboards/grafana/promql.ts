import { METRICS, PREFIX, type MetricName } from '../../schemas/metrics.js';

/** Value of a label to match: exactly, or by a regular expression; null: any. */
export type Match = string | { readonly like: string } | null;

/** Matchers that every query of a dashboard has: its variables. */
const VARIABLES: Readonly<Record<string, Match>> = { pipeline: '$pipeline', regime: { like: '$regime' } };

const quoted = (text: string): string => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

function matchers(labels: Readonly<Record<string, Match>>): string {
  const all = Object.entries(labels).flatMap(([label, match]) => {
    if (match === null) return [];
    return [typeof match === 'string' ? `${label}=${quoted(match)}` : `${label}=~${quoted(match.like)}`];
  });
  return `{${all.join(', ')}}`;
}

/**
 * Selector of a metric: of the pipeline that the dashboard shows and, if it has regimes, of those that are chosen. `where`
 * adds matchers or replaces these; a label that the metric has not is a mistake of the caller.
 */
export function metric(name: MetricName, where: Readonly<Record<string, Match>> = {}): string {
  const labels: readonly string[] = METRICS[name].labels;
  const unknown = Object.keys(where).filter((label) => !['pipeline', 'instance', ...labels].includes(label));
  if (unknown.length > 0) throw new Error(`metric ${name}: has no label ${unknown.join(', ')}`);
  const { pipeline, regime } = VARIABLES;
  const usual = { pipeline: pipeline!, ...(labels.includes('regime') ? { regime: regime! } : {}) };
  return `${PREFIX}${name}${matchers({ ...usual, ...where })}`;
}

/** Name of the bucket series of a histogram, with its matchers. */
export const buckets = (name: MetricName, where: Readonly<Record<string, Match>> = {}): string =>
  metric(name, where).replace('{', '_bucket{');

/** A series that a recording rule makes. */
export const recorded = (record: string): string => `${record}${matchers({ pipeline: '$pipeline' })}`;

/** Prometheus' own series of the alerts that the pipeline has. */
export const alerts = (where: Readonly<Record<string, Match>> = {}): string =>
  `ALERTS${matchers({ pipeline: '$pipeline', ...where })}`;
export const alertsSince = (): string => `ALERTS_FOR_STATE${matchers({ pipeline: '$pipeline' })}`;

/** One sample where several processes give the same number: after one has taken over from another, for some minutes. */
export const one = (by: readonly string[], expression: string): string =>
  `max by (${['pipeline', ...by].join(', ')}) (${expression})`;

/**
 * What regimes are called. If processes disagree for a moment one of them is taken, since a join with both would fail.
 */
const labels = `topk by (pipeline, regime) (1, ${one(['regime', 'label'], metric('regime_info', { regime: null }))})`;

/** The same samples with the regime's name as the label `label`. */
export const named = (expression: string): string =>
  `(${expression}) * on (pipeline, regime) group_left (label) ${labels}`;

/** A metric by regime, with the regime's name; `by`: labels that are kept beside it. */
export const namedMetric = (name: MetricName, where: Readonly<Record<string, Match>> = {}, by: string[] = []): string =>
  named(one(['regime', ...by], metric(name, where)));
