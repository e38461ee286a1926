import { here } from './health_metrics.js';
import { timeSeries } from './panels/time_series.js';
import { buckets, metric } from './promql.js';
import { helpOf } from './units.js';

/** Metrics of the process itself have no pipeline: they are found by the job and instance that has. */
const ofProcess = (expression: string): string => `${expression} and on (job, instance) ${metric('build_info', here)}`;

/** What it costs. */
export function latency() {
  const quantile = (q: number): string =>
    `histogram_quantile(${q}, sum by (le) (rate(${buckets('batch_seconds', here)}[$__rate_interval])))`;
  return [
    timeSeries({
      title: 'Time of a batch',
      description: `${helpOf('batch_seconds')} Median, 95th and 99th percentile.`,
      unit: 's',
      size: [8, 7],
      min: 0,
      queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q), legend: `${100 * q} %` })),
    }),
    timeSeries({
      title: 'Processor',
      description: 'Processor time of the process, in cores.',
      unit: 'suffix:cores',
      size: [8, 7],
      min: 0,
      queries: [{ expr: ofProcess('rate(process_cpu_seconds_total[$__rate_interval])'), legend: '{{instance}}' }],
    }),
    timeSeries({
      title: 'Memory',
      description: 'Resident memory of the process.',
      unit: 'bytes',
      size: [8, 7],
      min: 0,
      queries: [{ expr: ofProcess('process_resident_memory_bytes'), legend: '{{instance}}' }],
    }),
  ];
}
