import type { Classic } from './classic.js';
import type { MetricName } from '../../schemas/metrics.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { COLOURS } from './colours.js';
import { dashboard } from './dashboard.js';
import { bandPanel } from './panels/band_panel.js';
import { plusMinus, type Band } from './panels/error_band.js';
import { note } from './panels/note.js';
import { table } from './panels/table.js';
import { within } from './panels/thresholds.js';
import { timeSeries } from './panels/time_series.js';
import { metric, named, one } from './promql.js';
import { helpOf } from './units.js';
import { probeVariable } from './variables.js';

const chosen = { probe: { like: '$probe' } } as const;

const fooled = (direction: string, name: string, colour: string): Band => {
  const of = (end: MetricName): string => one([], metric(end, { ...chosen, direction }));
  const [low, high] = [of('probe_fooled_low_ratio'), of('probe_fooled_high_ratio')];
  return { name, colour, value: of('probe_fooled_ratio'), low, high };
};

const numbers = () => {
  const percent = { unit: 'percentunit', decimals: 2 };
  const of = (name: MetricName, where = {}): string =>
    named(one(['regime', 'probe', 'model'], metric(name, { ...chosen, ...where })));
  const adversarial = { direction: 'adversarial' };
  return table({
    title: 'Probes now',
    description: `${helpOf('probe_fooled_ratio')} Beside it the control, random directions of the same size, and what lies beyond it with its standard error.`,
    size: [24, 8],
    rows: { probe: 'Probe', model: 'Model', regime: 'Regime', label: 'Called' },
    columns: [
      { ...percent, legend: 'Fooled', expr: of('probe_fooled_ratio', adversarial) },
      { ...percent, legend: 'from', expr: of('probe_fooled_low_ratio', adversarial) },
      { ...percent, legend: 'to', expr: of('probe_fooled_high_ratio', adversarial) },
      { ...percent, legend: 'Control', expr: of('probe_fooled_ratio', { direction: 'random' }) },
      { ...percent, legend: 'Beyond the control', expr: of('probe_excess_ratio') },
      { ...percent, legend: '± beyond', expr: of('probe_excess_error_ratio') },
      {
        ...{ unit: 'short', legend: 'Events' },
        expr: named(`sum by (pipeline, regime, probe, model) (${metric('probe_events_total', chosen)})`),
      },
    ],
  });
};

function panels(pipeline: Pipeline) {
  const { probe } = pipeline.alerts;
  return [
    numbers(),
    timeSeries({
      title: 'Events that were probed, by what became of them',
      description: helpOf('probe_events_total'),
      unit: 'cps',
      size: [24, 7],
      stacked: true,
      min: 0,
      queries: [
        {
          expr: `sum by (outcome) (rate(${metric('probe_events_total', chosen)}[$__rate_interval]))`,
          legend: '{{outcome}}',
        },
      ],
    }),
    bandPanel(
      {
        title: 'Fooled, $regime',
        description: `${helpOf('probe_fooled_ratio')} With its 68 % interval, beside the control of random directions. Choose one probe.`,
        unit: 'percentunit',
        size: [12, 8],
        min: 0,
      },
      [fooled('adversarial', 'under attack', COLOURS.red), fooled('random', 'control', COLOURS.grey)],
    )
      .repeat('regime')
      .maxPerRow(2),
    bandPanel(
      {
        title: 'Beyond the control, $regime',
        description: `${helpOf('probe_excess_ratio')} Dashed: the limit of the alert. Choose one probe.`,
        unit: 'percentunit',
        size: [12, 8],
        limits: within(probe),
      },
      [
        plusMinus(
          'beyond the control',
          COLOURS.purple,
          one([], metric('probe_excess_ratio', chosen)),
          one([], metric('probe_excess_error_ratio', chosen)),
        ),
      ],
    )
      .repeat('regime')
      .maxPerRow(2),
  ];
}

/** How far allowed changes of its inputs move a model. */
export const probes = (pipeline: Pipeline): Classic => {
  const none = Object.keys(pipeline.probes ?? {}).length === 0;
  const words = 'The pipeline names no probes: there is nothing to show until it does, see docs/probes.md.';
  return dashboard(pipeline, 'probes', {
    title: 'probes',
    description: 'How often a model is fooled by changes of its inputs inside their uncertainties, by regime.',
    variables: [probeVariable()],
    sections: [
      ...(none ? [{ title: 'No probes', panels: [note('No probes', words)] }] : []),
      { title: 'Models under attack', panels: panels(pipeline) },
    ],
  });
};
