import type { MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { timeSeries, type TimeSeriesSpec } from './panels/time_series.js';
import { metric } from './promql.js';
import { helpOf, unitOf } from './units.js';

/** The instances that are chosen. */
export const here = { instance: { like: '$instance' } } as const;

/** A second, added up over what is not kept. */
export const rate = (by: string, name: MetricName, where = {}): string =>
  `sum by (${by}) (rate(${metric(name, { ...here, ...where })}[$__rate_interval]))`;

/** Share of the events that were rejected. */
export const rejected = `${rate('pipeline', 'events_total', { outcome: 'rejected' })} / (${rate('pipeline', 'events_total', { outcome: 'read' })} > 0)`;

type Over = Pick<TimeSeriesSpec, 'limits' | 'stacked'> & { readonly width?: number };

/** One metric against time. */
export function overTime(
  pipeline: Pipeline,
  title: string,
  name: MetricName,
  expr: string,
  legend: string,
  { width = 8, ...more }: Over & { readonly unit?: string; readonly help?: string } = {},
) {
  const { unit = unitOf(name, pipeline), help = '', ...rest } = more;
  return timeSeries({
    ...{ title, description: `${helpOf(name)} ${help}`.trim(), unit, size: [width, 7], min: 0 },
    ...{ ...rest, queries: [{ expr, legend }] },
  });
}
