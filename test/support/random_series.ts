import type { Sample, Scrape } from '../../operators/alerts/types.js';
import { hashKey } from '../../operators/hash.js';
import type { Pipeline } from '../../schemas/pipeline.js';

/** Values at the instants; null: the series is not there. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
}

type Draw = () => number;

function drawFrom(seed: number): Draw {
  let n = 0;
  return () => hashKey(seed, n++, 7) / 2 ** 32;
}

const decimal = (value: number, digits = 6): number => Number(value.toFixed(digits));

/** Levels that come in stretches, with a little noise, and are now and then absent. */
function gauge(draw: Draw, length: number, levels: readonly number[], noise: number, gone = 0.1): (number | null)[] {
  const values: (number | null)[] = [];
  while (values.length < length) {
    const level = draw() < gone ? null : levels[Math.floor(draw() * levels.length)]!;
    for (let left = 1 + Math.floor(draw() * 12); left > 0 && values.length < length; left--)
      values.push(level === null ? null : decimal(level + noise * (draw() - 0.5)));
  }
  return values;
}

/** Counts up by steps, at times not at all; a restart sets it back now and then. */
function counter(draw: Draw, length: number, steps: readonly number[], gone = 0.05): (number | null)[] {
  let total = Math.floor(draw() * 1000);
  return gauge(draw, length, steps, 0, gone).map((step) => {
    if (step === null) return null;
    total = draw() < 0.02 ? 0 : total + Math.floor(step * draw() * 2);
    return total;
  });
}

/** Series of all that the alerts watch, about their limits: long good stretches, long bad ones, some in between. */
export function randomSeries(pipeline: Pipeline, seed: number, length: number, step: number): Series[] {
  const draw = drawFrom(seed);
  const { alerts, danger_zone: zone } = pipeline;
  const series: Series[] = [];
  const add = (name: string, labels: Record<string, string>, values: (number | null)[]): void => {
    series.push({
      name: `regimewatch_${name}`,
      labels: { pipeline: pipeline.pipeline, instance: 'a', ...labels },
      values,
    });
  };
  const about = (limit: number): number[] => [0, 0.3, 0.8, 1.2, 3, -0.8, -1.5].map((f) => f * limit);
  for (const regime of ['0', '1', '2']) {
    const own = { regime };
    if (draw() < 0.9)
      add(
        'regime_info',
        { ...own, label: `name ${regime}` },
        Array.from({ length }, () => 1),
      );
    add('window_regime_events', own, gauge(draw, length, [5000, 3000, alerts.least, 20], 10, 0.05));
    add('response_core_ratio', { ...own, stage: 'raw' }, gauge(draw, length, about(2 * alerts.bias), alerts.bias / 5));
    add('response_core_error_ratio', { ...own, stage: 'raw' }, gauge(draw, length, [0.0003], 0.0001));
    add(
      'response_core_ratio',
      { ...own, stage: 'corrected' },
      gauge(draw, length, about(alerts.bias), alerts.bias / 5),
    );
    add('response_core_error_ratio', { ...own, stage: 'corrected' }, gauge(draw, length, [0.0003, 0.003], 0.0001));
    add('response_sigma68_ratio', { ...own, stage: 'corrected' }, gauge(draw, length, [0.02, 0.023, 0.025], 0.001));
    add('response_sigma68_error_ratio', { ...own, stage: 'corrected' }, gauge(draw, length, [0.0003, 0.001], 0.0001));
    add('reference_sigma68_ratio', own, gauge(draw, length, [0.02], 0));
    add('reference_sigma68_error_ratio', own, gauge(draw, length, [0.0001], 0));
    add('locality_pull_mean', own, gauge(draw, length, about(zone.tolerance.pull), 0.02));
    add('locality_pull_mean_error', own, gauge(draw, length, [0.01, 0.05], 0.001));
    add('locality_pull_width', own, gauge(draw, length, [1], 0.1));
    add('regime_share_ratio', own, gauge(draw, length, [0.33, 0.36, 0.4, 0.25], 0.01));
    add('regime_share_error_ratio', own, gauge(draw, length, [0.005, 0.02], 0.001));
    add('reference_share_ratio', own, gauge(draw, length, [0.33], 0));
    add('reference_share_error_ratio', own, gauge(draw, length, [0.002], 0));
    add('peak_position', own, gauge(draw, length, [91, 91.3, 90, 92.5], 0.2));
    add('peak_position_error', own, gauge(draw, length, [0.05, 0.3], 0.01));
    add('reference_peak_position', own, gauge(draw, length, [91], 0));
    add('reference_peak_position_error', own, gauge(draw, length, [0.03], 0));
    const probe = { ...own, probe: 'tagger', model: 'btag' };
    add('probe_excess_ratio', probe, gauge(draw, length, about(alerts.probe), 0.01));
    add('probe_excess_error_ratio', probe, gauge(draw, length, [0.004, 0.02], 0.001));
    add('probe_fooled_ratio', { ...probe, direction: 'adversarial' }, gauge(draw, length, [0.1], 0.05));
    add('probe_fooled_ratio', { ...probe, direction: 'random' }, gauge(draw, length, [0.01], 0.01));
  }
  add('window_events', {}, gauge(draw, length, [9000, alerts.least / 2], 10, 0.03));
  add('window_number', {}, gauge(draw, length, [12, 12345], 0, 0.03));
  for (const quantity of ['bias', 'corrected', 'pull'])
    for (const variable of ['H_T', 'abs_deta']) {
      const labels = { variable, quantity };
      add('danger_zone_onset', labels, gauge(draw, length, [800, 2.5], 0.5, 0.6));
      add('danger_zone_onset_low', labels, gauge(draw, length, [700], 30, 0.1));
      add('danger_zone_onset_high', labels, gauge(draw, length, [900, 900, 650], 30, 0.1));
    }
  for (const outcome of ['fitted', 'kept', 'rolled_back'])
    add('corrections_total', { outcome }, counter(draw, length, [0, 0, 0, 0, 0, 0, 0, 1]));
  add('events_total', { outcome: 'read' }, counter(draw, length, [0, 1000, 5000]));
  add('events_total', { outcome: 'rejected' }, counter(draw, length, [0, 5, 400]));
  add('windows_total', {}, counter(draw, length, [0, 2]));
  add('build_info', { version: '0.1.0' }, gauge(draw, length, [1], 0, 0.2));
  for (const partition of ['0', '1']) {
    add('consumer_lag_events', { partition }, gauge(draw, length, [0, 0, 10, 1.5 * alerts.lag], 0));
    add('checkpoint_age_seconds', { partition }, gauge(draw, length, [5, 2 * alerts.checkpoint_seconds], 4));
    add('watermark_window', { partition }, gauge(draw, length, [4, 7], 0));
  }
  let closed = 0;
  const silent = gauge(draw, length, [0, 0, 1], 0, 0.1);
  const at = silent.map((one, i) => (one === null ? null : one === 0 ? (closed = i * step) : closed));
  add('window_closed_timestamp_seconds', {}, at);
  return series;
}

/** What was scraped at each instant. */
export const scrapesOf = (series: readonly Series[], length: number, step: number): Scrape[] =>
  Array.from({ length }, (_, i) => ({
    time: i * step,
    samples: series.flatMap(({ name, labels, values }): Sample[] => {
      const value = values[i];
      return typeof value === 'number' ? [{ name, labels, value }] : [];
    }),
  }));

/** As promtool writes it: what is gone is marked stale, as a scrape does. */
export const seriesText = ({ name, labels, values }: Series): { series: string; values: string } => ({
  series: `${name}{${Object.entries(labels)
    .map(([label, text]) => `${label}=${JSON.stringify(text)}`)
    .join(', ')}}`,
  values: values
    .map((value, i) => {
      if (value !== null) return String(value);
      return typeof values[i - 1] === 'number' ? 'stale' : '_';
    })
    .join(' '),
});
