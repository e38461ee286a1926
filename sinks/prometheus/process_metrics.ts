import { collectDefaultMetrics, Histogram, Registry, type Metric, type RegistryContentType } from 'prom-client';
import { METRICS, PREFIX } from '../../schemas/metrics.js';

/** From half a millisecond to a minute. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Gauges that are named like counters; the same by type are there without the suffix. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

interface OfProcess {
  readonly registry: Registry<RegistryContentType>;
  readonly batches: Histogram<'pipeline' | 'window'>;
}

let made: OfProcess | null = null;

/** Once a process: prom-client's default metrics watch the event loop and the garbage collection from then on. */
function ofProcess(): OfProcess {
  if (made) return made;
  const registry = new Registry<RegistryContentType>();
  // Exemplars are kept for this format alone.
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const batches = new Histogram<'pipeline' | 'window'>({
    ...{ name: `${PREFIX}batch_seconds`, help: METRICS.batch_seconds.help, buckets: BOUNDS },
    ...{ labelNames: ['pipeline'], enableExemplars: true, registers: [registry] },
  });
  return (made = { registry, batches });
}

/** A batch of events took so long; the exemplar of its bucket names the newest window that it had events of. */
export function observeBatch(pipeline: string, seconds: number, window: number | null): void {
  const labels = { pipeline };
  const { batches } = ofProcess();
  if (window === null) batches.observe({ labels, value: seconds });
  else batches.observe({ labels, value: seconds, exemplarLabels: { window: String(window) } });
}

/**
 * Has the registry show the metrics of the process. A registry of the OpenMetrics format renames the counters that it
 * shows, so it is given stand-ins.
 */
export function registerProcess(registry: Registry<RegistryContentType>): void {
  for (const metric of ofProcess().registry.getMetricsAsArray() as unknown as Metric[]) {
    registry.registerMetric(standIn(metric));
  }
}

type Shown = Awaited<ReturnType<Metric['get']>>;
type Named = Pick<Metric, 'get'> & { name: string; type: unknown };

function standIn(metric: Metric): Metric {
  const { name, type } = metric as unknown as Named;
  const shown: Named = {
    ...{ name, type },
    get: async () => ({ ...((await metric.get()) as Shown), name: shown.name }),
  };
  return shown as unknown as Metric;
}
