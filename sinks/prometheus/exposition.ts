import { Counter, Gauge, Registry } from 'prom-client';

/** A metric and its rows; null or undefined: not known, so absent. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly rows: readonly (readonly [labels: Readonly<Record<string, string>>, value: number | null | undefined])[];
}

const PREFIX = 'regimewatch_';

/** Exact values in Prometheus' text format; a metric of which nothing is known is absent. */
export async function exposition(families: readonly Family[], labels: Record<string, string>): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels(labels);
  for (const { name, type, help, rows } of families) {
    const known = rows.filter((row): row is readonly [Record<string, string>, number] => typeof row[1] === 'number');
    if (known.length === 0) continue;
    const config = { name: PREFIX + name, help, labelNames: Object.keys(known[0]![0]), registers: [registry] };
    if (type === 'counter') {
      const metric = new Counter(config);
      for (const [row, value] of known) metric.inc(row, value);
    } else {
      const metric = new Gauge(config);
      for (const [row, value] of known) metric.set(row, value);
    }
  }
  return registry.metrics();
}
