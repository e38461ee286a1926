import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { METRICS, type MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { eventsOf, LABEL } from './names.js';
import { bandPanel } from './panels/band_panel.js';
import { plusMinus, SERIES, type Band } from './panels/error_band.js';
import { table } from './panels/table.js';
import { within } from './panels/thresholds.js';
import type { TimeSeriesSpec } from './panels/time_series.js';
import { metric, one, type Match } from './promql.js';
import { helpOf, unitOf } from './units.js';

type Where = Readonly<Record<string, Match>>;

/** A metric and the one that is its error, as a band. */
function band(called: string, colour: string, name: MetricName, where: Where = {}, dashed = false): Band {
  const { error } = METRICS[name] as { error?: MetricName };
  if (error === undefined) throw new Error(`metric ${name}: has no error`);
  return plusMinus(called, colour, one(['regime'], metric(name, where)), one(['regime'], metric(error, where)), dashed);
}

const stages = (name: MetricName): Band[] => [
  band('raw', SERIES.raw, name, { stage: 'raw' }),
  band('corrected', SERIES.corrected, name, { stage: 'corrected' }),
];

type Panel = Pick<TimeSeriesSpec, 'title' | 'limits'> & { readonly help?: string };

const panel = (pipeline: Pipeline, name: MetricName, { help, ...spec }: Panel, bands: readonly Band[]): PanelBuilder =>
  bandPanel(
    {
      ...spec,
      description: [helpOf(name), help].filter(Boolean).join(' '),
      unit: unitOf(name, pipeline),
      size: [8, 7],
      links: [eventsOf(pipeline, LABEL)],
    },
    bands,
  );

/** The last window, raw and corrected. */
export function beforeAfter() {
  const percent = { unit: 'percentunit', decimals: 3 };
  const names = {
    'Bias (core)': 'response_core_ratio',
    'Bias (mean)': 'response_bias_ratio',
    Median: 'response_median_ratio',
    σ68: 'response_sigma68_ratio',
  } as const;
  return table({
    title: 'Before and after the correction',
    description:
      'The response of the last window, raw and corrected, each number with its standard error. Equal where no correction is in effect.',
    size: [10, 5],
    rows: { stage: 'Response' },
    columns: Object.entries(names).flatMap(([legend, name]) => [
      { ...percent, legend, expr: one(['stage'], metric(name)) },
      { ...percent, legend: `± ${legend}`, expr: one(['stage'], metric(METRICS[name].error)) },
    ]),
  });
}

export function response(pipeline: Pipeline): PanelBuilder[] {
  if (!pipeline.response) return [];
  const tail = (name: MetricName): string => one(['regime'], metric(name, { stage: 'raw' }));
  return [
    panel(
      pipeline,
      'response_core_ratio',
      {
        title: 'Bias (mean of the core)',
        limits: within(pipeline.alerts.bias),
        help: 'Dashed: the limit of the alert, for what is delivered.',
      },
      [...stages('response_core_ratio'), band('reference', SERIES.reference, 'reference_core_ratio', {}, true)],
    ),
    panel(pipeline, 'response_sigma68_ratio', { title: 'Resolution σ68' }, [
      ...stages('response_sigma68_ratio'),
      band('reference', SERIES.reference, 'reference_sigma68_ratio', {}, true),
    ]),
    panel(pipeline, 'response_bias_ratio', { title: 'Mean of all events' }, stages('response_bias_ratio')),
    panel(pipeline, 'response_tail_ratio', { title: 'Tail', help: 'With its 68 % interval.' }, [
      {
        ...{ name: 'tail', colour: SERIES.raw, value: tail('response_tail_ratio') },
        ...{ low: tail('response_tail_low_ratio'), high: tail('response_tail_high_ratio') },
      },
    ]),
  ];
}

export function pulls(pipeline: Pipeline): PanelBuilder[] {
  if (!pipeline.response || !pipeline.objects) return [];
  const { pull } = pipeline.danger_zone.tolerance;
  return [
    panel(
      pipeline,
      'locality_pull_mean',
      { title: 'Mean pull', limits: within(pull), help: '0 where the response is local. Dashed: the tolerance.' },
      [band('mean pull', SERIES.raw, 'locality_pull_mean')],
    ),
    panel(pipeline, 'locality_pull_width', { title: 'Pull width', help: '1 where the response is local.' }, [
      band('pull width', SERIES.raw, 'locality_pull_width'),
    ]),
  ];
}

export function shareAndPeak(pipeline: Pipeline): PanelBuilder[] {
  const { spectrum } = pipeline;
  const reference = (name: MetricName): Band => band('reference', SERIES.reference, name, {}, true);
  const share = panel(
    pipeline,
    'regime_share_ratio',
    { title: 'Share', help: 'Dashed: in the windows that the checks learned from.' },
    [band('share', SERIES.corrected, 'regime_share_ratio'), reference('reference_share_ratio')],
  );
  if (!spectrum) return [share];
  const peak = panel(pipeline, 'peak_position', { title: `Peak of ${spectrum.title ?? spectrum.reco}` }, [
    band('peak', SERIES.corrected, 'peak_position'),
    reference('reference_peak_position'),
  ]);
  return [share, peak];
}
