import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Pipeline } from '../../schemas/pipeline.js';
import { COLOURS } from './colours.js';
import { bandPanel } from './panels/band_panel.js';
import type { Band } from './panels/error_band.js';
import { metric, one } from './promql.js';
import { helpOf, unitOfVariable } from './units.js';

/** What an onset is of → its colour. */
const QUANTITIES = { bias: COLOURS.grey, corrected: COLOURS.blue, pull: COLOURS.purple } as const;

/** A context variable as its axis calls it. */
export const titleOf = ({ context }: Pipeline, variable: string): string => context[variable]?.title ?? variable;

function bandsOf(pipeline: Pipeline, variable: string): Band[] {
  return Object.entries(QUANTITIES)
    .filter(([quantity]) => quantity !== 'pull' || pipeline.objects !== undefined)
    .map(([name, colour]) => {
      const of = (end: 'danger_zone_onset' | 'danger_zone_onset_low' | 'danger_zone_onset_high'): string =>
        one([], metric(end, { variable, quantity: name }));
      const [value, low, high] = [of('danger_zone_onset'), of('danger_zone_onset_low'), of('danger_zone_onset_high')];
      return { name, colour, value, low, high };
    });
}

/** The onset along each context variable with its 95 % interval; moving down is getting worse. */
export const onsetPanels = (pipeline: Pipeline): PanelBuilder[] =>
  Object.keys(pipeline.context).map((variable) =>
    bandPanel(
      {
        title: `Onset along ${titleOf(pipeline, variable)}`,
        description: `${helpOf('danger_zone_onset')} With its 95 % interval, for the raw bias, what a correction leaves of it, and the pull.`,
        unit: unitOfVariable(pipeline, variable),
        size: [12, 8],
      },
      bandsOf(pipeline, variable),
    ),
  );
