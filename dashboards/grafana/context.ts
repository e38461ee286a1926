import type { Classic } from './classic.js';
import { METRICS, type MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { binLabels, binNames, BOUNDED, lowEnd, reportEdges } from './bins.js';
import { COLOURS } from './colours.js';
import { dashboard } from './dashboard.js';
import { onsetPanels, titleOf } from './onsets.js';
import { plusMinus, SERIES, type Band } from './panels/error_band.js';
import { matrix } from './panels/matrix.js';
import { note } from './panels/note.js';
import { profile } from './panels/profile.js';
import { statusHistory } from './panels/status_history.js';
import { diverging, within } from './panels/thresholds.js';
import { metric, one } from './promql.js';
import { helpOf, unitOf, unitOfVariable } from './units.js';

type Section = Parameters<typeof dashboard>[2]['sections'][number];

function heatMaps(pipeline: Pipeline): Section[] {
  const [x, y] = Object.keys(pipeline.context);
  if (x === undefined || y === undefined || !pipeline.response) return [];
  const unit = pipeline.context[y]!.unit;
  const edges = reportEdges(pipeline.context[y]!);
  const axes = {
    x: axisTitle(pipeline, x),
    y: { title: axisTitle(pipeline, y), edges, names: binNames(edges, unit) },
  };
  const cells = (name: MetricName): string => lowEnd(lowEnd(one(['x', 'y'], metric(name)), 'x', 'x_low'), 'y', 'y_low');
  const grid = (name: MetricName, title: string, more: object = {}, help = '') =>
    matrix({
      ...{ title, description: `${helpOf(name)} ${help}`.trim(), unit: unitOf(name, pipeline), size: [24, 9] },
      ...{ ...axes, expr: cells(name), ...more },
    });
  const { bias } = pipeline.alerts;
  return [
    {
      title: `${titleOf(pipeline, x)} × ${titleOf(pipeline, y)}`,
      panels: [
        grid('grid_core_ratio', 'Bias by cell', { limits: diverging(bias), decimals: 2 }, colourWords(bias)),
        grid('grid_core_error_ratio', 'Standard error of the bias by cell', { decimals: 2 }),
        grid('grid_events', 'Events by cell'),
      ],
    },
  ];
}

const colourWords = (bias: number): string => {
  const [limit, twice] = [100 * bias, 200 * bias].map((share) => Number(share.toPrecision(4)));
  return `Grey: within ±${limit} %. Blue, violet: below −${limit} %, −${twice} %. Orange, red: above ${limit} %, ${twice} %. Blank: not known.`;
};

const axisTitle = (pipeline: Pipeline, variable: string): string => {
  const unit = pipeline.context[variable]?.unit;
  return `${titleOf(pipeline, variable)}${unit === undefined ? '' : ` (${unit})`}`;
};

type Profiled = 'context_core_ratio' | 'context_corrected_ratio' | 'context_sigma68_ratio';

function along(pipeline: Pipeline, variable: string): Section {
  const of = (name: MetricName): string => lowEnd(one(['bin'], metric(name, { variable, bin: BOUNDED })), 'bin', 'low');
  const reduced = (name: MetricName): string => `max by (low) (${of(name)})`;
  const band = (called: string, colour: string, name: Profiled): Band =>
    plusMinus(called, colour, reduced(name), reduced(METRICS[name].error));
  const x = { title: titleOf(pipeline, variable), unit: unitOfVariable(pipeline, variable) };
  const title = x.title;
  const { bias } = pipeline.alerts;
  const edges = reportEdges(pipeline.context[variable]!);
  const [labels, names] = [binLabels(edges), binNames(edges, pipeline.context[variable]!.unit)];
  return {
    title: `Along ${title}`,
    panels: [
      profile(
        {
          ...{ title: `Bias against ${title}`, unit: 'percentunit', size: [8, 9], x, limits: within(bias) },
          description: `${helpOf('context_core_ratio')} In the last window; at the lower end of each bin a step. Dashed: the limit of the alert.`,
        },
        [band('raw', SERIES.raw, 'context_core_ratio'), band('corrected', SERIES.corrected, 'context_corrected_ratio')],
      ),
      profile(
        {
          ...{ title: `σ68 against ${title}`, unit: 'percentunit', size: [8, 9], x },
          description: `${helpOf('context_sigma68_ratio')} In the last window.`,
        },
        [band('σ68', COLOURS.purple, 'context_sigma68_ratio')],
      ),
      profile(
        {
          ...{ title: `Events against ${title}`, unit: 'short', size: [8, 9], x },
          description: `${helpOf('context_events')} In the last window.`,
        },
        [],
        [{ expr: reduced('context_events'), legend: 'events' }],
      ),
      statusHistory(
        {
          ...{ title: `Delivered bias by ${title} over time`, unit: 'percentunit', decimals: 2, size: [24, 9] },
          description: `${helpOf('context_corrected_ratio')} ${colourWords(bias)} Errors and counts: the figures above.`,
          queries: labels
            .map((bin, i) => ({
              expr: one(['bin'], metric('context_corrected_ratio', { variable, bin })),
              legend: names[i]!,
            }))
            .reverse(),
        },
        diverging(bias),
      ),
    ],
  };
}

/** Where in the context the response changes. */
export const context = (pipeline: Pipeline): Classic =>
  dashboard(pipeline, 'context', {
    title: 'context',
    description: 'Where in the space of the context the response changes: maps, profiles, onsets.',
    sections: pipeline.response
      ? [
          ...heatMaps(pipeline),
          ...Object.keys(pipeline.context).map((variable) => along(pipeline, variable)),
          { title: 'From where on the response changes', panels: onsetPanels(pipeline) },
        ]
      : [{ title: 'Context', panels: [note('No response', 'The pipeline has no truth, so no response to be shown.')] }],
  });
