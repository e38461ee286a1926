import * as Plot from '@observablehq/plot';
import type { HistogramData } from '../../schemas/report.js';
import { colourOf } from '../page/client/shared/colours.js';
import { beyond, errorBars, within } from './error_bars.js';
import type { Ratio } from './ratio.js';

export interface Compared {
  readonly series: HistogramData['series'][number];
  readonly ratios: readonly (Ratio | null)[];
}

/**
 * Range of a ratio panel: 1 and what the bins known to a fifth need, at least 0.95 to 1.05 and at most 0 to 5; 0 to 2
 * if there is no such bin. An error of 0 (a bin that one regime has to itself) is no knowledge.
 */
export function ratioRange(compared: readonly Compared[]): readonly [number, number] {
  const known = compared.flatMap(({ ratios }) =>
    ratios.filter((r) => r !== null && r.error > 1e-6 * r.value && r.error < 0.2 * Math.max(1, r.value)),
  );
  if (known.length === 0) return [0, 2];
  const ends = known.flatMap((r) => (r ? [r.value - r.error, r.value + r.error] : []));
  const [low, high] = [Math.min(...ends) - 1, Math.max(...ends) - 1];
  return [Math.max(0, 1 + Math.min(-0.05, 1.1 * low)), Math.min(5, 1 + Math.max(0.05, 1.1 * high))];
}

/**
 * Range of a logarithmic panel of ratios that may be far from 1: the bins known to a third, with some room, at least
 * half to twice and at most a twentieth to twenty times.
 */
export function logRatioRange(compared: readonly Compared[]): readonly [number, number] {
  const known = compared.flatMap(({ ratios }) =>
    ratios.flatMap((r) => (r && r.value > 0 && r.error < r.value / 3 ? [r.value] : [])),
  );
  const [low, high] = [Math.min(0.5, ...known) / 1.3, Math.max(2, ...known) * 1.3];
  return [Math.max(0.05, low), Math.min(20, high)];
}

/** Points with error bars at the middle of the bins; a value beyond the panel is a small triangle at its edge. */
export function ratioMarks(
  { series, ratios }: Compared,
  centres: readonly number[],
  range: readonly [number, number],
  log = false,
) {
  const stroke = series.regime === 'all' ? colourOf(0) : colourOf(series.regime);
  const points = ratios.flatMap((r, i) => (r ? [{ x: centres[i]!, y: r.value, error: r.error }] : []));
  const name = `${series.name} ${series.regime}`;
  return [
    errorBars(points, range, { stroke, strokeOpacity: 0.7, ariaDescription: `errors of the ratio of ${name}` }),
    Plot.dot(within(points, range), { x: 'x', y: 'y', r: 1.8, fill: stroke, ariaDescription: `ratio of ${name}` }),
    beyond(points, range, stroke, `ratio of ${name}`, log),
  ];
}
