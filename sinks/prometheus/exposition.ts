import { Counter, Gauge, Registry, type RegistryContentType } from 'prom-client';
import { METRICS, PREFIX } from '../../schemas/metrics.js';
import type { Family, Row } from './family.js';
import { registerProcess } from './process_metrics.js';

export interface ExpositionOptions {
  /** OpenMetrics 1.0 with exemplars, else Prometheus' text format 0.0.4. */
  readonly openMetrics?: boolean;
  /** With what the process says of itself: batch_seconds, CPU, memory, event loop, garbage collection. */
  readonly process?: boolean;
}

/** Exact values as Prometheus reads them; a row that is not known is absent, and so is a metric without rows. */
export function exposition(
  families: readonly Family[],
  labels: Readonly<Record<string, string>>,
  { openMetrics = false, process = false }: ExpositionOptions = {},
): Promise<string> {
  const registry = new Registry<RegistryContentType>();
  if (openMetrics) registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  registry.setDefaultLabels({ ...labels });
  for (const { name, rows } of families) {
    const known = rows.filter((row): row is readonly [Row[0], number] => typeof row[1] === 'number');
    if (known.length === 0) continue;
    const { type, help, labels: labelNames } = METRICS[name];
    const config = { name: PREFIX + name, help, labelNames, registers: [registry] };
    if (type === 'counter') {
      const metric = new Counter(config);
      for (const [row, value] of known) metric.inc(row, value);
    } else {
      const metric = new Gauge(config);
      for (const [row, value] of known) metric.set(row, value);
    }
  }
  if (process) registerProcess(registry);
  return registry.metrics();
}
