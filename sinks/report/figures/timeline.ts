import * as Plot from '@observablehq/plot';
import type { Estimate, Report, TimelineReport } from '../../../schemas/report.js';
import { colourOf, dashOf } from '../../page/client/shared/colours.js';
import { enough } from '../few_events.js';
import { formatCount } from '../../page/client/shared/format_estimate.js';
import { bandOpacity, legend, type LegendEntry } from '../legend.js';
import { panelStack, type Storey } from '../panel_stack.js';
import { sheet, type Figure } from '../sheet.js';
import { alarmsOf } from '../timeline_words.js';
import { uniteSpans } from '../unite_spans.js';
import { endsOf, valueRange } from '../../page/client/shared/value_range.js';
import { windowAxis } from '../window_axis.js';
import { windowMarks } from '../window_marks.js';

type Row = TimelineReport['windows'][number]['regimes'][number];

const [left, width, height] = [92, 592, 148];
const [alarmColour, versionColour] = [colourOf(2), colourOf(4)];

const panels: readonly {
  quantity: 'bias' | 'sigma68' | 'pull';
  title: string;
  pick: (row: Row) => Estimate | undefined;
}[] = [
  { quantity: 'bias', title: 'core of δ, mean', pick: ({ core }) => core },
  { quantity: 'sigma68', title: 'σ68 of δ', pick: ({ sigma68 }) => sigma68 },
  { quantity: 'pull', title: 'mean pull', pick: ({ pullMean }) => pullMean },
];

/** Places of the windows at which another version of the correction or of the local model took effect. */
export function versionsAt({ windows, online }: TimelineReport): number[] {
  const effective = [...(online?.events ?? []), ...(online?.local ?? [])]
    .filter(({ kind }) => kind === 'fitted' || kind === 'accepted')
    .map((event) => windows.findIndex(({ number }) => number >= event.effective));
  return [...new Set(effective)].filter((at) => at >= 0);
}

function storeyOf(timeline: TimelineReport, ids: readonly number[], panel: (typeof panels)[number]): Storey | null {
  const { windows } = timeline;
  const { quantity, title, pick } = panel;
  const series = ids.map((id) =>
    windows
      .map(({ regimes }) => regimes.find(({ regime }) => regime === id))
      .map((row) => (row ? pick(row) : undefined)),
  );
  // Regimes of few events a window do not set the scale.
  const sure = windows.flatMap(({ regimes }) =>
    regimes.filter(({ n }) => n >= enough).flatMap((row) => endsOf(pick(row) ?? { value: null, error: null })),
  );
  const all = series.flat().flatMap((one) => (one ? endsOf(one) : []));
  if (all.length === 0) return null;
  const domain = valueRange([...(quantity === 'sigma68' ? [] : [0]), ...(sure.length > 0 ? sure : all)]);
  const at = (number: number | null) => windows.findIndex((one) => one.number === number);
  const alarms = alarmsOf(timeline).filter((alarm) => alarm.quantity === quantity);
  const spans = alarms.map(({ raised, cleared }) => ({
    low: at(raised) - 0.5,
    high: (cleared === null ? windows.length : at(cleared)) - 0.5,
  }));
  return {
    y: { title, domain },
    height,
    marks: [
      Plot.rectX(uniteSpans(spans), {
        ...{ x1: 'low', x2: 'high', fill: alarmColour, fillOpacity: 0.45 * bandOpacity(alarmColour) },
        ariaDescription: `alarms of ${quantity}`,
      }),
      Plot.ruleX(
        versionsAt(timeline).map((place) => place - 0.5),
        {
          ...{ stroke: versionColour, strokeWidth: 1.3, strokeDasharray: '3 3', ariaDescription: 'versions' },
        },
      ),
      quantity === 'sigma68' ? null : Plot.ruleY([0], { strokeOpacity: 0.6 }),
      ...ids.flatMap((id, i) => windowMarks(series[i]!, domain, id, quantity)),
    ],
  };
}

/** Core mean, σ68 and mean pull of each regime over the windows, with the alarms and the versions of the models. */
export function timeline(report: Report): Figure[] {
  const { timeline: data } = report;
  if (!data || data.windows.length < 2) return [];
  const ids = data.windows[0]!.regimes.map(({ regime }) => regime);
  const storeys = panels.flatMap((panel) => storeyOf(data, ids, panel) ?? []);
  if (storeys.length === 0) return [];
  const numbers = data.windows.map(({ number }) => number);
  const stack = panelStack(left, width, windowAxis(numbers, width), storeys);
  const labels = new Map(report.regimes?.map.map(({ id, label }) => [id, label]));
  const alarms = alarmsOf(data).length;
  const entries: LegendEntry[] = [
    ...ids.map((id) => ({
      ...{ mark: 'line' as const, colour: colourOf(id), dash: dashOf(id), cells: [`${id}: ${labels.get(id) ?? ''}`] },
    })),
    ...(alarms > 0 ? [{ mark: 'band' as const, colour: alarmColour, cells: ['an alarm is on'] }] : []),
    ...(versionsAt(data).length > 0
      ? [{ mark: 'line' as const, colour: versionColour, dash: '3 3', cells: ['new version of a model'] }]
      : []),
  ];
  const title = 'Response of the regimes, window by window';
  const description =
    `${title} (${data.window}): mean of the core of δ, σ68 of δ and mean pull${data.model === null ? '' : ` against the ${data.model} model`}, with standard errors. ` +
    `Shaded: windows with an alarm of a check of that quantity in any regime (${formatCount(alarms)} in all). Regimes with fewer than ${enough} events in a window do not set the scale; a triangle marks a value beyond it.`;
  return [
    sheet(report, {
      name: 'timeline',
      title,
      description,
      n: data.windows.reduce((sum, { n }) => sum + n, 0),
      height: Math.max(stack.at(-1)!.bottom + 74, 100 + 20 * entries.length),
      parts: [...stack.map(({ svg }) => svg), legend(712, 78, [{ at: 34, width: 204 }], null, entries)],
    }),
  ];
}
