import * as Plot from '@observablehq/plot';

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly error: number;
}

type Domain = readonly [number, number];

/** Vertical error bars; what leaves the domain is cut at its edge. Bars wholly outside are left out. */
export function errorBars(points: readonly Point[], [low, high]: Domain, options: object): unknown {
  const bars = points
    .map(({ x, y, error }) => ({ x, low: Math.max(y - error, low), high: Math.min(y + error, high) }))
    .filter((bar) => bar.low < bar.high);
  return Plot.ruleX(bars, { x: 'x', y1: 'low', y2: 'high', ...options });
}

export const within = (points: readonly Point[], [low, high]: Domain): Point[] =>
  points.filter(({ y }) => y >= low && y <= high);

/**
 * A triangle just inside the panel for each value beyond its domain, pointing to where it lies. `log`: the panel's
 * scale is logarithmic.
 */
export function beyond(points: readonly Point[], domain: Domain, fill: string, name: string, log = false): unknown {
  const [low, high] = domain;
  const at = (t: number) => (log ? low * (high / low) ** t : low + t * (high - low));
  return Plot.dot(
    points.filter(({ y }) => y < low || y > high),
    {
      x: 'x',
      y: ({ y }: Point) => at(y < low ? 0.025 : 0.975),
      symbol: 'triangle',
      rotate: ({ y }: Point) => (y < low ? 180 : 0),
      r: 2.5,
      fill,
      ariaDescription: `beyond the panel, ${name}`,
    },
  );
}
