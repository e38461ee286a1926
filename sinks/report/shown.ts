import type { HistogramData, PlaneData } from '../../schemas/report.js';

/** First and one past the last bin that matter: all but the share `lost` of the filling on each side. */
function populated(filling: readonly number[], lost: number): [number, number] {
  const total = filling.reduce((sum, w) => sum + w, 0);
  const end = (order: readonly number[]): number => {
    let sum = 0;
    const at = order.findIndex((w) => (sum += w) > lost * total);
    return at < 0 ? 0 : at;
  };
  return [end(filling), filling.length - end([...filling].reverse())];
}

/** How many bins to merge into one, so that about `most` remain of `length`: a divisor of `bins`, else 1. */
function merging(bins: number, length: number, most: number): number {
  for (let factor = 1; factor <= bins / 4; factor++) if (bins % factor === 0 && length / factor <= most) return factor;
  return 1;
}

/** Where to cut and how to merge a filling: [from, to, factor], from and to being whole multiples of factor. */
function cut(filling: readonly number[], most: number, lost: number): [number, number, number] {
  const [from, to] = populated(filling, lost);
  const factor = merging(filling.length, to - from, most);
  return [Math.floor(from / factor) * factor, Math.ceil(to / factor) * factor, factor];
}

const edgesOf = (edges: readonly number[], [from, to, factor]: readonly [number, number, number]): number[] =>
  edges.filter((_, i) => i >= from && i <= to && (i - from) % factor === 0);

/**
 * A histogram as it is drawn: empty ends (and up to the share `lost` on each side) cut, neighbours merged until about
 * `most` bins remain. What was cut is in the flow bins; sums are kept, errors add in quadrature.
 */
export function shownHistogram({ axis, series }: HistogramData, most: number, lost = 0): HistogramData {
  const filling = axis.edges.slice(1).map((_, i) => series.reduce((sum, { errors }) => sum + errors[i]! ** 2, 0));
  const range = cut(filling, most, lost);
  const [from, to, factor] = range;
  const total = (values: readonly number[], a: number, b: number) => values.slice(a, b).reduce((sum, w) => sum + w, 0);
  const starts = edgesOf(axis.edges, range)
    .slice(1)
    .map((_, i) => from + i * factor);
  return {
    axis: { ...axis, edges: edgesOf(axis.edges, range) },
    series: series.map((one) => ({
      ...one,
      sum: starts.map((a) => total(one.sum, a, a + factor)),
      errors: starts.map((a) => quadrature(one.errors.slice(a, a + factor))),
      underflow: one.underflow + total(one.sum, 0, from),
      underflowError: quadrature([one.underflowError, ...one.errors.slice(0, from)]),
      overflow: one.overflow + total(one.sum, to, one.sum.length),
      overflowError: quadrature([...one.errors.slice(to), one.overflowError]),
    })),
  };
}

const quadrature = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0));

/** A plane as it is drawn: cut and merged as a histogram, in both directions. What was cut is in `outside`. */
export function shownPlane(plane: PlaneData, most: number, lost = 0): PlaneData {
  const [nx, ny] = [plane.x.edges.length - 1, plane.y.edges.length - 1];
  const along = (length: number, index: (cell: number) => number) => {
    const filling = new Array<number>(length).fill(0);
    plane.n.forEach((n, cell) => (filling[index(cell)]! += n));
    return filling;
  };
  const xs = cut(
    along(nx, (cell) => cell % nx),
    most,
    lost,
  );
  const ys = cut(
    along(ny, (cell) => Math.floor(cell / nx)),
    most,
    lost,
  );
  const [x, y] = [edgesOf(plane.x.edges, xs), edgesOf(plane.y.edges, ys)];
  const n = new Array<number>((x.length - 1) * (y.length - 1)).fill(0);
  let outside = plane.outside;
  plane.n.forEach((count, cell) => {
    const [ix, iy] = [cell % nx, Math.floor(cell / nx)];
    if (ix < xs[0] || ix >= xs[1] || iy < ys[0] || iy >= ys[1]) outside += count;
    else n[Math.floor((iy - ys[0]) / ys[2]) * (x.length - 1) + Math.floor((ix - xs[0]) / xs[2])]! += count;
  });
  return { x: { ...plane.x, edges: x }, y: { ...plane.y, edges: y }, n, outside };
}
