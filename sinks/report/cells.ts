import type { Panel } from './panel.js';

/**
 * The cells of a plane as one path a colour: `paintOf` gives a cell's attributes, null leaves it blank.
 * `x` and `y` are the positions of the edges on the panel's axes.
 */
export function cells(
  frame: Panel,
  x: readonly number[],
  y: readonly number[],
  layer: string,
  paintOf: (cell: number) => string | null,
): string {
  const [xs, ys] = [x.map(frame.toX), y.map(frame.toY)].map((edges) => edges.map((at) => Math.round(at * 10) / 10));
  const paths = new Map<string, string>();
  let count = 0;
  for (let iy = 0; iy + 1 < y.length; iy++) {
    for (let ix = 0; ix + 1 < x.length; ix++) {
      const paint = paintOf(iy * (x.length - 1) + ix);
      if (paint === null) continue;
      const [left, right, low, high] = [xs![ix]!, xs![ix + 1]!, ys![iy]!, ys![iy + 1]!];
      paths.set(paint, `${paths.get(paint) ?? ''}M${left},${low}H${right}V${high}H${left}Z`);
      count++;
    }
  }
  const drawn = [...paths].map(([paint, d]) => `<path ${paint} d="${d}"/>`).join('');
  return `<g data-layer="${layer}" data-cells="${count}" stroke="none" shape-rendering="crispEdges">${drawn}</g>`;
}
