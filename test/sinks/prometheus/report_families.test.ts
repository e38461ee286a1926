import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../schemas/metrics.js';
import { reportFamilies } from '../../../sinks/prometheus/report_families.js';
import { reportMetrics } from '../../../sinks/prometheus/report_metrics.js';
import { withAnalysis } from '../../fixtures/report/analysis.js';
import { makeReport, reports } from '../../fixtures/report/make.js';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The text exposition format 0.0.4: every line is a comment, or a name, labels and a number. */
function parse(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (HELP regimewatch_[a-z0-9_]+ .+|TYPE regimewatch_[a-z0-9_]+ (counter|gauge))$/);
      continue;
    }
    const [, name, inner, value] = /^(regimewatch_[a-z0-9_]+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    expect(name, line).toBeDefined();
    const labels = [...inner!.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)",?/g)];
    expect(labels.map(([whole]) => whole).join(''), line).toBe(inner);
    samples.push({
      name: name!.replace('regimewatch_', ''),
      labels: Object.fromEntries(labels.map(([, key, text]) => [key!, text!])),
      value: Number(value),
    });
  }
  return samples;
}

const samplesOf = async (report: ReturnType<typeof makeReport>) => parse(await reportMetrics(report));

describe.each(reports)('%s', (_, report) => {
  test('counters are those of the report', async () => {
    const samples = await samplesOf(report);
    const valuesOf = (name: string, label: string) =>
      new Map(samples.filter((one) => one.name === name).map(({ labels, value }) => [labels[label], value]));
    const { read, used, late, duplicate, rejected } = report.events;
    expect(valuesOf('events_total', 'outcome')).toEqual(
      new Map(Object.entries({ read, used, rejected: 15, late, duplicate })),
    );
    expect(valuesOf('rejected_total', 'reason')).toEqual(new Map(Object.entries(rejected)));
    expect(valuesOf('regime_events_total', 'regime')).toEqual(
      new Map(report.regimes!.map.map(({ id, n }) => [String(id), n])),
    );
  });

  test('every number is finite and has the pipeline, and no series is there twice', async () => {
    const samples = await samplesOf(report);
    for (const { value, labels } of samples) {
      expect(Number.isFinite(value)).toBe(true);
      expect(labels.pipeline).toBe('dilepton');
    }
    const keys = samples.map(({ name, labels }) => name + JSON.stringify(labels));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeLessThan(1000);
  });
});

test('the response of a regime has its error and its count beside it', async () => {
  const report = makeReport({ events: 4000 });
  const samples = await samplesOf(report);
  for (const row of report.response!.filter(({ split }) => split === 'all')) {
    const of = (name: string) =>
      samples.find((one) => one.name === name && one.labels.regime === String(row.regime) && one.labels.stage === 'raw')
        ?.value;
    expect(of('response_bias_ratio')).toBe(row.bias.value);
    expect(of('response_bias_error_ratio')).toBe(row.bias.error);
    expect(of('response_sigma68_ratio')).toBe(row.sigma68.value);
    expect(of('response_sigma68_error_ratio')).toBe(row.sigma68.error);
    expect(of('response_tail_ratio')).toBe(row.tail.value);
    expect(of('response_tail_low_ratio')).toBe(row.tail.low);
    expect(of('response_events')).toBe(row.n);
  }
});

test('what is not known is absent, and not 0', async () => {
  const names = async (report: ReturnType<typeof makeReport>) =>
    new Set((await samplesOf(report)).map(({ name }) => name));
  expect(await names(makeReport({ events: 400, truth: false }))).not.toContain('response_bias_ratio');
  const none = await names(makeReport({ events: 0 }));
  for (const name of ['response_bias_ratio', 'response_sigma68_ratio', 'peak_position']) {
    expect(none).not.toContain(name);
  }
  expect(none).toContain('response_events');
  const report = makeReport({ events: 4000 });
  report.response![0]!.bias = { value: null, error: null, reason: 'too few events' };
  const biased = (await samplesOf(report)).filter(({ name }) => name === 'response_bias_ratio');
  expect(biased.map(({ labels }) => labels.regime)).toEqual(['0', '1', '2', '3']);
  delete report.regimes;
  expect(await names(report)).not.toContain('model_info');
});

test('a reason keeps its quotes and backslashes', async () => {
  const report = makeReport({ events: 4 });
  report.events.rejected = { 'pt "odd" \\ bad': 2 };
  const [sample] = (await samplesOf(report)).filter(({ name }) => name === 'rejected_total');
  expect(sample!.labels.reason).toBe('pt \\"odd\\" \\\\ bad');
});

test('what a correction leaves is known of test events, under its own stage', async () => {
  const report = makeReport({ events: 4000 });
  const row = report.response!.find(({ split, regime }) => split === 'test' && regime === 2)!;
  report.response!.push({ ...row, stage: 'corrected', bias: { value: 0.0123, error: 0.001 } });
  const biases = (await samplesOf(report)).filter(({ name }) => name === 'response_bias_ratio');
  expect(biases.filter(({ labels }) => labels.stage === 'raw')).toHaveLength(5);
  expect(biases.find(({ labels }) => labels.stage === 'corrected')).toMatchObject({
    labels: { regime: '2' },
    value: 0.0123,
  });
});

test('locality, danger zones, correction and windows are among them, where the report knows them', async () => {
  const names = new Set((await samplesOf(withAnalysis(makeReport({ events: 3000 })))).map(({ name }) => name));
  const wanted = [
    ...['locality_pull_mean', 'locality_pull_mean_error', 'locality_pull_width', 'locality_pull_width_error'],
    ...['locality_model_pull_mean', 'locality_violated', 'locality_sigma', 'locality_excess_ratio'],
    ...['danger_zone_onset', 'correction_gain_ratio', 'correction_gain_error_ratio', 'peak_fit_position', 'quality'],
  ];
  for (const name of wanted) expect(names).toContain(name);
  const plain = new Set((await samplesOf(makeReport({ events: 3000 }))).map(({ name }) => name));
  for (const name of wanted) expect(plain).not.toContain(name);
});

test('metrics are those of schemas/metrics.ts that a whole sample has, with their labels', () => {
  const named = new Set<string>();
  for (const { name, rows } of reportFamilies(withAnalysis(makeReport({ events: 3000 })))) {
    named.add(name);
    const metric = METRICS[name];
    expect(metric.of === 'report' || 'whole' in metric, name).toBe(true);
    for (const [labels] of rows) expect(Object.keys(labels).sort(), name).toEqual([...metric.labels].sort());
  }
  const wanted = Object.entries(METRICS).filter(([, metric]) => metric.of === 'report' || 'whole' in metric);
  expect(wanted.map(([name]) => name).filter((name) => !named.has(name))).toEqual([]);
});

test('quality as a number, alarms that are on, and the events of the last window', () => {
  const rows = new Map(reportFamilies(withAnalysis(makeReport({ events: 3000 }))).map((one) => [one.name, one.rows]));
  expect(rows.get('quality')!.map(([labels, value]) => [labels['regime'], value])).toEqual([
    ['0', 1],
    ['1', 3],
    ['2', 2],
    ['3', 0],
  ]);
  expect(rows.get('check_alarm')!.map(([, value]) => value)).toEqual([1, 0, 0]);
  expect(rows.get('window_events')).toEqual([[{}, 250]]);
});
