import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { stat } from './panels/stat.js';
import { stateTimeline } from './panels/state_timeline.js';
import { table } from './panels/table.js';
import { plain } from './panels/thresholds.js';
import { metric, one } from './promql.js';
import { helpOf } from './units.js';

type Info = 'model_info' | 'correction_info' | 'build_info';

/** The version in effect. */
export const present = (title: string, name: Info) =>
  stat({
    ...{ title, description: helpOf(name), unit: 'none', size: [8, 4], text: 'name' },
    queries: [{ expr: one(['version'], metric(name)), legend: '{{version}}' }],
  });

/** When each version was in effect. */
export const timeline = (title: string, name: Info) =>
  stateTimeline(
    {
      ...{ title, unit: 'none', size: [12, 6] },
      description: `${helpOf(name)} A bar is the time that a version was in effect.`,
      queries: [{ expr: one(['version'], metric(name)), legend: '{{version}}' }],
    },
    [{ type: MappingType.ValueToText, options: { 1: { text: 'in effect', index: 0 } } }],
    plain(),
  );

/** When each version was seen first and last within the time range. */
export const seen = (title: string, name: Info) => {
  const at = (end: 'min' | 'max'): string =>
    `1000 * max by (pipeline, version) (${end}_over_time(timestamp(${metric(name)})[$__range:]))`;
  return table({
    title,
    description: `${helpOf(name)} Versions within the time range, when each was first and last in effect.`,
    size: [12, 6],
    rows: { version: 'Version' },
    columns: [
      { legend: 'First', unit: 'dateTimeAsIsoNoDateIfToday', expr: at('min') },
      { legend: 'Last', unit: 'dateTimeAsIsoNoDateIfToday', expr: at('max') },
    ],
  });
};
