import type { Markish } from '@observablehq/plot';
import { formatCount, formatEstimate } from '../../shared/format_estimate.js';
import type { Canvas } from './canvas.js';
import { pointMarks, type Point } from './error_bars.js';
import type { Domain } from './panel.js';
import { binWords, type ProfileBin } from './profile.js';

export interface ContextSeries {
  readonly name: string;
  readonly colour: string;
  readonly open?: boolean;
  /** Windows that are compared with: drawn as a band of one standard error. */
  readonly reference?: boolean;
  readonly bins: readonly ProfileBin[];
}

export const scaled = ({ value, error }: ProfileBin, by: number) => ({
  value: value === null ? null : value * by,
  error: error === null ? null : error * by,
});

function pointsOf(
  { bins, name }: ContextSeries,
  by: number,
  span: (bin: ProfileBin) => readonly [number, number],
  unit: string | null,
): (Point & { x1: number; x2: number })[] {
  return bins.flatMap((bin) => {
    const { value, error } = scaled(bin, by);
    if (value === null) return [];
    const [x1, x2] = span(bin);
    const words = `${binWords(bin, unit)}, ${name}: ${formatEstimate(value, error)}, ${formatCount(bin.n)} events`;
    return [{ x: (x1 + x2) / 2, y: value, low: value - (error ?? 0), high: value + (error ?? 0), words, x1, x2 }];
  });
}

/** Points with their errors and the width of their bins; the reference as a band of one standard error. */
export function seriesMarks(
  canvas: Canvas,
  one: ContextSeries,
  by: number,
  domain: Domain,
  span: (bin: ProfileBin) => readonly [number, number],
  unit: string | null,
): Markish[] {
  const { plot } = canvas;
  const points = pointsOf(one, by, span, unit);
  if (one.reference === true) {
    const clipped = points.map((p) => ({ ...p, low: Math.max(p.low, domain[0]), high: Math.min(p.high, domain[1]) }));
    return [
      plot.rect(
        clipped.filter(({ low, high }) => low < high),
        {
          ...{ x1: 'x1', x2: 'x2', y1: 'low', y2: 'high', fill: one.colour, fillOpacity: 0.25, title: 'words' },
          ariaDescription: one.name,
        },
      ),
    ];
  }
  const inside = points.filter(({ y }) => y >= domain[0] && y <= domain[1]);
  return [
    plot.ruleY(inside, { x1: 'x1', x2: 'x2', y: 'y', stroke: one.colour, strokeOpacity: 0.6 }),
    ...pointMarks(canvas, points, domain, { name: one.name, colour: one.colour, open: one.open === true }),
  ];
}
