import { Counter, Gauge, Registry } from 'prom-client';
import type { Report } from '../../schemas/report.js';

type Labels = Record<string, string>;
type Row = readonly [labels: Labels, value: number | null | undefined];

/**
 * A report as Prometheus metrics: exact counts, and gauges with their errors beside them. What is not known is absent,
 * never 0. Labels are the pipeline, the regime ('all' for their union), the stage and the split's whole.
 */
export function metricsOf(report: Report): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ pipeline: report.pipeline });
  const gauge = (name: string, help: string, labelNames: string[], rows: readonly Row[]): void => {
    const known = rows.filter((row): row is readonly [Labels, number] => typeof row[1] === 'number');
    if (known.length === 0) return;
    const metric = new Gauge({ name: `regimewatch_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of known) metric.set(labels, value);
  };
  const counter = (name: string, help: string, labelNames: string[], rows: readonly Row[]): void => {
    const metric = new Counter({ name: `regimewatch_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of rows) metric.inc(labels, value ?? 0);
  };

  const { read, used, late, duplicate, rejected } = report.events;
  const rejections = Object.entries(rejected);
  const turnedAway = rejections.reduce((sum, [, n]) => sum + n, 0);
  const outcomes: Row[] = Object.entries({ read, used, rejected: turnedAway, late, duplicate }).map(([outcome, n]) => [
    { outcome },
    n,
  ]);
  counter('events_total', 'Events by what became of them; read is their sum', ['outcome'], outcomes);
  counter(
    'rejected_total',
    'Rejected events by reason',
    ['reason'],
    rejections.map(([reason, n]) => [{ reason }, n]),
  );
  const regimes = report.regimes?.map ?? [];
  counter(
    'regime_events_total',
    'Used events by regime',
    ['regime'],
    regimes.map(({ id, n }) => [{ regime: String(id) }, n]),
  );
  gauge(
    'regime_share_ratio',
    'Share of the weighted events in the regime',
    ['regime'],
    regimes.map(({ id, share }) => [{ regime: String(id) }, share]),
  );
  gauge(
    'model_info',
    '1, with the version of the regime map',
    ['version'],
    [[{ version: report.regimes?.version ?? 'none' }, 1]],
  );

  const response = (report.response ?? []).filter(({ split }) => split === 'all');
  const rows = (value: (row: (typeof response)[number]) => number | null): Row[] =>
    response.map((row) => [{ regime: String(row.regime), stage: row.stage }, value(row)]);
  const both = ['regime', 'stage'];
  gauge(
    'response_bias_ratio',
    'Mean response',
    both,
    rows(({ bias }) => bias.value),
  );
  gauge(
    'response_bias_error_ratio',
    'Standard error of the mean response',
    both,
    rows(({ bias }) => bias.error),
  );
  gauge(
    'response_sigma68_ratio',
    'Half of the central 68 % interval of the response',
    both,
    rows(({ sigma68 }) => sigma68.value),
  );
  gauge(
    'response_sigma68_error_ratio',
    'Standard error of sigma68',
    both,
    rows(({ sigma68 }) => sigma68.error),
  );
  gauge(
    'response_tail_ratio',
    'Share of events beyond 3 sigma68 from the median',
    both,
    rows(({ tail }) => tail.value),
  );
  gauge(
    'response_events',
    'Events behind the response of the regime',
    both,
    rows(({ n }) => n),
  );
  const peaks = (report.peak ?? []).filter(({ series }) => series === 'reco');
  const peakRows = (key: 'value' | 'error'): Row[] =>
    peaks.map(({ regime, position }) => [{ regime: String(regime) }, position[key]]);
  gauge(
    'peak_position',
    'Position of the peak of the reconstructed spectrum, in its unit',
    ['regime'],
    peakRows('value'),
  );
  gauge('peak_position_error', 'Standard error of the peak position', ['regime'], peakRows('error'));
  return registry;
}
