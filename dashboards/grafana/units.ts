import { METRICS, type MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';

/** A unit as Grafana writes it: what it does not know follows the number as it is. */
export const suffix = (unit: string | undefined): string => (unit === undefined ? 'none' : `suffix:${unit}`);

export const unitOfVariable = ({ context }: Pipeline, variable: string): string => suffix(context[variable]?.unit);

/** Unit of a metric in Grafana's words; that of a peak is the spectrum's. */
export function unitOf(name: MetricName, { spectrum }: Pipeline): string {
  const { unit } = METRICS[name];
  return unit === 'peak' ? suffix(spectrum?.unit) : unit;
}

/** What a metric is and when it is absent, in sentences. */
export function helpOf(name: MetricName): string {
  const { help, absent }: { help: string; absent?: string } = METRICS[name];
  return absent === undefined ? `${help}.` : `${help}. Absent: ${absent}.`;
}
