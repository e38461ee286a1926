import * as Plot from '@observablehq/plot';
import type { Report, ZoneReport } from '../../schemas/report.js';
import { closePoints } from './close_points.js';
import { colourOf } from '../page/client/shared/colours.js';
import { formatPlain } from '../page/client/shared/format_estimate.js';
import { bandOpacity, type LegendEntry } from './legend.js';
import { localWidths, pullsOfModels } from './local_points.js';
import type { Storey } from './panel_stack.js';
import { pointMarks } from './point_marks.js';
import { valueRange } from '../page/client/shared/value_range.js';
import type { VariableScale } from './variable_scale.js';
import { onsetWords, type Onset, type Quantity } from './zone_words.js';

export interface ZonePanel {
  readonly storey: Storey;
  readonly entries: readonly LegendEntry[];
}

const titles = { raw: 'bias of δ', sigma68: 'width of δ', pull: 'mean pull' };
const [text, onsetColour, besideColour, expectedColour] = ['currentColor', colourOf(1), colourOf(2), colourOf(3)];

/** Value of a hinge at its onset: the line through its first two points, drawn on. */
export function baselineOf(centre: readonly number[], fit: readonly number[], onset: number): number {
  const [a, b] = [centre[0]!, centre[1] ?? Infinity];
  return fit[0]! + (b <= onset ? ((fit[1]! - fit[0]!) / (b - a)) * (onset - a) : 0);
}

type Domain = readonly [number, number];

function onsetMarks(onset: Onset | null, level: number | null, x: Domain, y: Domain): unknown[] {
  if (!onset) return [];
  const clip = (value: number, [low, high]: Domain) => Math.min(Math.max(value, low), high);
  const tolerated =
    level === null ? [] : [{ low: clip(level - onset.tolerance, y), high: clip(level + onset.tolerance, y) }];
  const interval = [{ low: clip(onset.low, x), high: clip(onset.high, x) }];
  const fill = (colour: string) => ({ fill: colour, fillOpacity: bandOpacity(colour) });
  return [
    Plot.rectY(tolerated, { y1: 'low', y2: 'high', ...fill(text), ariaDescription: 'tolerance' }),
    Plot.rectX(interval, { x1: 'low', x2: 'high', ...fill(onsetColour), ariaDescription: 'interval of the onset' }),
    Plot.ruleX([clip(onset.onset, x)], { stroke: onsetColour, strokeWidth: 2, ariaDescription: 'onset' }),
  ];
}

function onsetEntries(onset: Onset | null, unit: string | null): LegendEntry[] {
  if (!onset) return [{ mark: 'none', colour: '', cells: ['no onset'] }];
  return [
    { mark: 'line', colour: text, cells: ['fitted hinge'] },
    { mark: 'band', colour: onsetColour, cells: [`onset ${onsetWords(onset, unit)}`] },
    { mark: 'band', colour: text, cells: [`tolerance ±${formatPlain(onset.tolerance)}`] },
  ];
}

/** One quantity against a context variable: fine points, coarse ones of the local models beside, hinge and onset. */
export function zonePanel(
  report: Report,
  zone: ZoneReport,
  quantity: Quantity,
  scale: VariableScale,
  [width, height]: readonly [number, number],
): ZonePanel | null {
  const profile = zone.profiles.find((one) => one.quantity === quantity);
  if (!profile || profile.centre.length === 0) return null;
  const { centre, fit } = profile;
  const points = closePoints(profile, (x) => width * scale.place(x), 6);
  const pulls = quantity === 'pull' ? pullsOfModels(report, zone, scale) : [];
  const widths = quantity === 'sigma68' ? localWidths(report, zone.variable, scale) : null;
  const beside = [...pulls.flatMap((one) => one.points), ...(widths?.points ?? [])];
  const expected = widths?.expected ?? [];
  const ends = [...points, ...beside].flatMap(({ y, error }) => [y - error, y + error]);
  const range = valueRange([0, ...ends, ...expected.map(({ y }) => y)]);
  const domain: Domain = quantity === 'sigma68' ? [0, range[1]] : range;
  const onset = fit ? zone[quantity] : null;
  const level = onset && fit ? baselineOf(centre, fit, onset.onset) : null;
  const curve = onset && fit ? centre.map((x, i) => ({ x, y: fit[i]! })) : [];
  const first = { raw: 'mean δ', sigma68: 'σ68 of δ', pull: `${zone.pullModel ?? 'local'} model` };
  const line = { mark: 'line' as const, colour: expectedColour, dash: '7 3' };
  const open = { mark: 'open' as const, colour: besideColour };
  return {
    storey: {
      height,
      y: { title: titles[quantity], domain },
      marks: [
        ...onsetMarks(onset, level, scale.domain, domain),
        quantity === 'sigma68' ? null : Plot.ruleY([0], { strokeOpacity: 0.6 }),
        ...pointMarks(points, domain, { name: quantity, r: 2.3 }),
        ...(beside.length > 0 ? pointMarks(beside, domain, { name: `${quantity}, local model`, open: true }) : []),
        Plot.line(expected, {
          x: 'x',
          y: 'y',
          ...{ stroke: expectedColour, strokeWidth: 2, strokeDasharray: '7 3', ariaDescription: 'expected width' },
        }),
        Plot.line(
          curve.map(({ x, y }) => ({ x, y: y >= domain[0] && y <= domain[1] ? y : NaN })),
          { x: 'x', y: 'y', stroke: text, strokeWidth: 1.6, ariaDescription: `hinge of ${quantity}` },
        ),
      ],
    },
    entries: [
      { mark: 'dot', colour: colourOf(0), cells: [first[quantity]] },
      ...pulls.map(({ model }) => ({ ...open, cells: [`${model} model`] })),
      ...(beside.length > 0 && widths ? [{ ...open, cells: ['r.m.s. of δ − E[δ|local]'] }] : []),
      ...(expected.length > 0 ? [{ ...line, cells: ['the same as expected'] }] : []),
      ...onsetEntries(onset, zone.unit),
    ],
  };
}
