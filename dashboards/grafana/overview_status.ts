import type { Pipeline } from '../../schemas/pipeline.js';
import { REJECTED_SHARE } from '../recording_rules.js';
import { drillDown, eventsOf, LABEL } from './names.js';
import { stat, verdictStat } from './panels/stat.js';
import { stateTimeline } from './panels/state_timeline.js';
import { alarmed, coloured } from './panels/thresholds.js';
import { verdictMappings, verdictThresholds } from './panels/verdict.js';
import { alerts, metric, namedMetric, one, recorded } from './promql.js';
import { helpOf } from './units.js';

const quality = metric('quality');

/** Where a regime of a graph leads. */
export const links = (pipeline: Pipeline) => [drillDown(pipeline, LABEL), eventsOf(pipeline, LABEL)];

const age = `time() - ${one([], metric('window_closed_timestamp_seconds'))}`;

/** Medium or bad if a regime is; else null if one is, or if no window has closed for long; else good. */
const verdict = (silent: number): string =>
  `(${one([], quality)} > 1 or min by (pipeline) (${quality})) unless on (pipeline) (${age} > ${silent}) or 0 * ${one([], quality)}`;

/** 0 only where the rules are there that would fire. */
const firing = `count(${alerts({ alertstate: 'firing' })}) or 0 * count(${recorded(REJECTED_SHARE)})`;

/** Is it fine, and since when. */
export function status(pipeline: Pipeline) {
  const { silent_seconds: silent } = pipeline.alerts;
  return {
    title: 'Is it fine?',
    panels: [
      verdictStat({
        title: 'Verdict',
        description: `The worst verdict of the chosen regimes. Null, too little data, as soon as one has none and no other is medium or bad, or no window has closed for ${silent} s: never good by ignorance.`,
        size: [5, 5],
        queries: [{ expr: verdict(silent), legend: 'Verdict' }],
      }),
      verdictStat({
        title: 'Verdict by regime',
        description: `${helpOf('quality')} A regime leads to its drill-down.`,
        size: [10, 5],
        text: 'value_and_name',
        queries: [{ expr: namedMetric('quality'), legend: '{{label}}' }],
        links: links(pipeline),
      }),
      stat({
        title: 'Alerts that fire',
        description:
          'Alerts of the pipeline that fire now; the table below names them. Unknown where the rules are not loaded.',
        unit: 'none',
        size: [3, 5],
        limits: alarmed(),
        queries: [{ expr: firing, legend: 'Alerts' }],
      }),
      stat({
        title: 'Last window closed',
        description: `Time since a window closed. From ${silent} s on there is no data, and whatever is shown may no longer hold.`,
        unit: 's',
        decimals: 0,
        size: [3, 5],
        limits: coloured(silent),
        queries: [{ expr: age, legend: 'Ago' }],
      }),
      stat({
        title: 'Window',
        description: helpOf('window_number'),
        unit: 'none',
        size: [3, 5],
        queries: [{ expr: one([], metric('window_number')), legend: 'Window' }],
      }),
      stateTimeline(
        {
          title: 'Verdicts over time',
          description: `${helpOf('quality')} Where a colour begins is since when.`,
          unit: 'none',
          size: [24, 6],
          queries: [{ expr: namedMetric('quality'), legend: '{{label}}' }],
        },
        verdictMappings(),
        verdictThresholds(),
      ),
    ],
  };
}
