import * as Plot from '@observablehq/plot';
import type { HistogramData } from '../../schemas/report.js';
import { colourOf, dashOf } from './colours.js';

type Series = HistogramData['series'][number];

/** Corners of a histogram's outline, from the floor up, along the bins, and down again. */
export function outline(
  edges: readonly number[],
  values: readonly number[],
  floor: number,
): { x: number; y: number }[] {
  const corners = [{ x: edges[0]!, y: floor }];
  values.forEach((value, i) => {
    const y = Math.max(value, floor);
    corners.push({ x: edges[i]!, y }, { x: edges[i + 1]!, y });
  });
  corners.push({ x: edges.at(-1)!, y: floor });
  return corners;
}

export interface ValueAxis {
  readonly domain: readonly [number, number];
  readonly log: boolean;
}

/** Range that holds all bins and their errors: from 0, or logarithmic if they span more than `decades`. */
export function valueAxis(series: readonly Series[], decades: number): ValueAxis {
  const all = series.flatMap(({ sum, errors, underflow, overflow }) => [
    ...sum.map((value, i) => ({ value, error: errors[i]! })),
    { value: underflow, error: 0 },
    { value: overflow, error: 0 },
  ]);
  const high = all.reduce((most, { value, error }) => Math.max(most, value + error), 0) || 1;
  const smallest = all.reduce((least, { value }) => (value > 0 ? Math.min(least, value) : least), high);
  if (high / smallest > 10 ** decades) return { domain: [smallest / 2, high * 1.6], log: true };
  const low = all.reduce((least, { value, error }) => Math.min(least, value < 0 ? value - error : 0), 0);
  return { domain: [low * 1.06, high * 1.06], log: false };
}

export interface Strip {
  readonly low: number;
  readonly high: number;
}

/** Room for flow bins beside the axis, a twentieth of its length each, where any series has something in them. */
export function flowStrips(edges: readonly number[], series: readonly Series[]) {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const width = (high - low) / 20;
  const under = series.some(({ underflow }) => underflow !== 0) ? { low: low - width, high: low } : null;
  const over = series.some(({ overflow }) => overflow !== 0) ? { low: high, high: high + width } : null;
  return { under, over, domain: [under?.low ?? low, over?.high ?? high] as const };
}

export const stripMarks = (strips: readonly (Strip | null)[]): unknown[] => [
  Plot.rectX(
    strips.filter((strip) => strip !== null),
    {
      x1: 'low',
      x2: 'high',
      fill: 'currentColor',
      fillOpacity: 0.07,
      ariaDescription: 'flow bins',
    },
  ),
];

/** Vertical error bars; what leaves the domain is cut at its edge. Bars wholly outside are left out. */
export function errorBars(
  points: readonly { x: number; y: number; error: number }[],
  [low, high]: readonly [number, number],
  options: object,
): unknown {
  const bars = points
    .map(({ x, y, error }) => ({ x, low: Math.max(y - error, low), high: Math.min(y + error, high) }))
    .filter((bar) => bar.low < bar.high);
  return Plot.ruleX(bars, { x: 'x', y1: 'low', y2: 'high', ...options });
}

/** A series as steps with error bars at the middle of the bins, and its flow bins as levels in their strips. */
export function stepMarks(
  series: Series,
  edges: readonly number[],
  { domain }: ValueAxis,
  strips: readonly [Strip | null, Strip | null],
): unknown[] {
  const colour = colourOf(series.regime);
  const floor = Math.max(domain[0], Math.min(0, domain[0]));
  const points = series.sum.map((y, i) => ({ x: (edges[i]! + edges[i + 1]!) / 2, y, error: series.errors[i]! }));
  const levels = [series.underflow, series.overflow].flatMap((y, i) => {
    const strip = strips[i as 0 | 1];
    return strip && y > domain[0] && y !== 0 ? [{ ...strip, y }] : [];
  });
  const name = `${series.name} ${series.regime}`;
  const dash = dashOf(series.regime);
  return [
    errorBars(
      points.filter(({ y }) => y !== 0),
      domain,
      { stroke: colour, strokeOpacity: 0.55, ariaDescription: `errors of ${name}` },
    ),
    Plot.line(outline(edges, series.sum, floor), {
      x: 'x',
      y: 'y',
      stroke: colour,
      strokeWidth: series.regime === 'all' ? 1.4 : 1.9,
      strokeDasharray: dash,
      ariaDescription: `steps of ${name}`,
      strokeLinejoin: 'miter',
    }),
    Plot.ruleY(levels, {
      y: 'y',
      x1: 'low',
      x2: 'high',
      stroke: colour,
      strokeWidth: 1.9,
      strokeDasharray: dash,
      ariaDescription: `flow of ${name}`,
    }),
  ];
}
