import { Counter, Gauge, Registry } from 'prom-client';
import type { Report } from '../../schemas/report.js';
import { correctionGauges } from './correction_gauges.js';
import { localityGauges, zoneGauges } from './locality_gauges.js';
import { probeGauges } from './probe_gauges.js';
import { windowGauges } from './window_gauges.js';

type Labels = Record<string, string>;
type Row = readonly [labels: Labels, value: number | null | undefined];

const PREFIX = 'regimewatch_';

/** Exact counts. */
function counter(registry: Registry, name: string, help: string, rows: readonly Row[], labelNames: string[]): void {
  const metric = new Counter({ name: PREFIX + name, help, labelNames, registers: [registry] });
  for (const [labels, value] of rows) metric.inc(labels, value ?? 0);
}

/** What is known of the rows; a metric of which nothing is known is absent. */
function gauge(registry: Registry, name: string, help: string, rows: readonly Row[]): void {
  const known = rows.filter((row): row is readonly [Labels, number] => typeof row[1] === 'number');
  const labelNames = Object.keys(known[0]?.[0] ?? {});
  if (known.length === 0) return;
  const metric = new Gauge({ name: PREFIX + name, help, labelNames, registers: [registry] });
  for (const [labels, value] of known) metric.set(labels, value);
}

function counts(registry: Registry, { events, regimes }: Report): void {
  const { read, used, late, duplicate } = events;
  const rejections = Object.entries(events.rejected);
  const rejected = rejections.reduce((sum, [, n]) => sum + n, 0);
  const outcomes = Object.entries({ read, used, rejected, late, duplicate });
  const help = 'Events by what became of them; read is the sum of the others';
  counter(
    registry,
    'events_total',
    help,
    outcomes.map(([outcome, n]) => [{ outcome }, n]),
    ['outcome'],
  );
  const reasons = rejections.map(([reason, n]): Row => [{ reason }, n]);
  counter(registry, 'rejected_total', 'Rejected events by reason', reasons, ['reason']);
  const byRegime = (regimes?.map ?? []).map(({ id, n }): Row => [{ regime: String(id) }, n]);
  counter(registry, 'regime_events_total', 'Used events by regime', byRegime, ['regime']);
}

type Regimes = NonNullable<Report['regimes']>;

function regimeGauges(registry: Registry, { regimes }: Report): void {
  if (!regimes) return;
  const { map, version } = regimes;
  const rows = (value: (regime: Regimes['map'][number]) => number): Row[] =>
    map.map((regime) => [{ regime: String(regime.id) }, value(regime)]);
  const share = 'share of the weighted events in the regime';
  gauge(
    registry,
    'regime_share_ratio',
    `The ${share}`,
    rows((regime) => regime.share),
  );
  const low = rows(({ shareInterval }) => shareInterval.low);
  gauge(registry, 'regime_share_low_ratio', `Lower end (68 %) of the ${share}`, low);
  const high = rows(({ shareInterval }) => shareInterval.high);
  gauge(registry, 'regime_share_high_ratio', `Upper end (68 %) of the ${share}`, high);
  gauge(registry, 'model_info', '1, with the version of the regime map', [[{ version }, 1]]);
}

type Response = NonNullable<Report['response']>[number];

const ofResponse: readonly (readonly [string, string, (row: Response) => number | null])[] = [
  ['bias_ratio', 'Mean response', ({ bias }) => bias.value],
  ['bias_error_ratio', 'Standard error of the mean response', ({ bias }) => bias.error],
  ['median_ratio', 'Median response', ({ median }) => median.value],
  ['median_error_ratio', 'Standard error of the median response', ({ median }) => median.error],
  ['sigma68_ratio', 'Half of the central 68 % interval of the response', ({ sigma68 }) => sigma68.value],
  ['sigma68_error_ratio', 'Standard error of sigma68', ({ sigma68 }) => sigma68.error],
  ['tail_ratio', 'Share of events beyond 3 sigma68 from the median', ({ tail }) => tail.value],
  ['tail_low_ratio', 'Lower end (68 %) of the share of the tail', ({ tail }) => tail.low],
  ['tail_high_ratio', 'Upper end (68 %) of the share of the tail', ({ tail }) => tail.high],
  ['events', 'Events behind the response', ({ n }) => n],
];

/** Raw response of all events; what a correction leaves is known of the test events alone, and so is what was there. */
function responseGauges(registry: Registry, { response = [] }: Report): void {
  const whole = response.filter(({ split, stage }) => split === (stage === 'raw' ? 'all' : 'test'));
  for (const [name, help, pick] of ofResponse) {
    const rows = whole.map((row): Row => [{ regime: String(row.regime), stage: row.stage }, pick(row)]);
    gauge(registry, `response_${name}`, help, rows);
  }
}

function peakGauges(registry: Registry, { peak = [] }: Report): void {
  const reco = peak.filter(({ series }) => series === 'reco');
  const rows = (value: (row: (typeof reco)[number]) => number | null): Row[] =>
    reco.map((row) => [{ regime: String(row.regime) }, value(row)]);
  const what = 'Position of the peak of the reconstructed spectrum, in its unit';
  gauge(
    registry,
    'peak_position',
    what,
    rows(({ position }) => position.value),
  );
  const errors = rows(({ position }) => position.error);
  gauge(registry, 'peak_position_error', 'Standard error of the peak position', errors);
}

function furtherGauges(registry: Registry, report: Report): void {
  const all = [localityGauges, zoneGauges, correctionGauges, windowGauges, probeGauges].flatMap((of) => of(report));
  for (const { name, help, rows } of all) gauge(registry, name, help, rows);
}

/**
 * A report as Prometheus metrics: exact counts, and gauges with their errors beside them. What is not known is absent,
 * never 0. Labels are the pipeline, the regime ('all' for their union), the stage, the reason, the outcome, the local model, the
 * context variable with the quantity, the layer of the correction, the series of a spectrum and the check.
 */
export function metricsOf(report: Report): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ pipeline: report.pipeline });
  for (const fill of [counts, regimeGauges, responseGauges, peakGauges, furtherGauges]) fill(registry, report);
  return registry;
}
