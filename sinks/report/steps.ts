import * as Plot from '@observablehq/plot';
import type { HistogramData } from '../../schemas/report.js';
import { colourOf, dashOf } from '../page/client/shared/colours.js';
import { errorBars } from './error_bars.js';
import type { Strip } from './flow_strips.js';

type Series = HistogramData['series'][number];

/** A corner of an outline; y NaN lifts the pen. */
interface Corner {
  readonly x: number;
  readonly y: number;
}

/**
 * Corners of a histogram's outline: from the floor up, along the bins and down again, and not along the floor. On a
 * logarithmic axis (floor above 0) what lies below the floor counts as empty.
 */
export function outline(edges: readonly number[], values: readonly number[], floor: number): Corner[] {
  const corners: Corner[] = [];
  const isEmpty = (value: number) => value === floor || (floor > 0 && value < floor);
  values.forEach((value, i) => {
    const [x1, x2] = [edges[i]!, edges[i + 1]!];
    const [empty, before] = [isEmpty(value), i === 0 || isEmpty(values[i - 1]!)];
    if (empty !== before) corners.push({ x: x1, y: floor });
    if (empty && !before) corners.push({ x: x1, y: NaN });
    if (!empty) corners.push({ x: x1, y: value }, { x: x2, y: value });
  });
  if (values.length > 0 && !isEmpty(values.at(-1)!)) corners.push({ x: edges.at(-1)!, y: floor });
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

/** A series as steps with error bars at the middle of the bins, and its flow bins as levels in their strips. */
export function stepMarks(
  series: Series,
  edges: readonly number[],
  { domain, log }: ValueAxis,
  strips: readonly [Strip | null, Strip | null],
): unknown[] {
  const colour = colourOf(series.regime);
  const floor = log ? domain[0] : 0;
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
