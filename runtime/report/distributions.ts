import { sumOfSquares, sumOfWeights } from '../../operators/response/effective_n.js';
import type { Book } from '../../operators/summaries/book.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { GridState } from '../../operators/summaries/grid.js';
import { slotsOf, type HistogramState } from '../../operators/summaries/histogram.js';
import { regroupHistogram, unionOf } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { HistogramData, Report } from '../../schemas/report.js';
import { SPECTRUM_PARTS } from '../observations.js';
import { contextAxis, edgesOf, spectrumAxis, stateOf, type Axis } from './pages.js';

type Series = HistogramData['series'][number];

/** Bins of a figure: enough to see the shape, few enough to have events in them. */
const SHOWN = { context: 60, response: 160, plane: 40 };
const RESPONSE_SHOWN = 0.4;

/** Bins joined `by` at a time from slot `from` (1 is the first bin) to before slot `to`; what is outside is flow. */
export function seriesOf(
  hist: HistogramState,
  group: number,
  name: string,
  regime: Series['regime'],
  from: number,
  to: number,
  by: number,
): Series {
  const first = group * slotsOf(hist.bins);
  const sum: number[] = [];
  const errors: number[] = [];
  const add = (a: number, b: number): [number, number] => {
    let [w, w2] = [0, 0];
    for (let slot = a; slot < b; slot++) {
      w += sumOfWeights(hist, first + slot);
      w2 += sumOfSquares(hist, first + slot);
    }
    return [w, Math.sqrt(w2)];
  };
  for (let slot = from; slot < to; slot += by) {
    const [w, error] = add(slot, Math.min(slot + by, to));
    sum.push(w);
    errors.push(error);
  }
  let n = 0;
  for (let slot = 0; slot < slotsOf(hist.bins); slot++) n += hist.n[first + slot]!;
  const [underflow, underflowError] = add(0, from);
  const [overflow, overflowError] = add(to, hist.bins[0] + 2);
  return { name, regime, n, sum, errors, underflow, underflowError, overflow, overflowError };
}

/** The last bin that is worth showing: 99.9 % of the entries lie below its end; rounded up to whole steps of `by`. */
function shownBins(entries: (bin: number) => number, bins: number, most: number): { bins: number; by: number } {
  let total = 0;
  for (let bin = 0; bin < bins; bin++) total += entries(bin);
  let last = 0;
  for (let seen = 0; last < bins && seen < 0.999 * total; last++) seen += entries(last);
  const wanted = Math.min(bins, Math.max(last, 4));
  const by = Math.ceil(wanted / most);
  return { bins: Math.min(bins, Math.ceil(wanted / by) * by), by };
}

const cut = (axis: Axis, from: number, to: number, by: number): Axis => ({
  ...axis,
  edges: axis.edges.slice(from, to + 1).filter((_, i, all) => i % by === 0 || i === all.length - 1),
});

function withRegimes(hist: HistogramState, name: string, from: number, to: number, by: number): Series[] {
  const ids = [...Array(hist.groups).keys()];
  return [
    seriesOf(unionOf(hist), 0, name, 'all', from, to, by),
    ...ids.map((regime) => seriesOf(hist, regime, name, regime, from, to, by)),
  ];
}

function contextHistogram(pipeline: Pipeline, observed: Book, variable: string): HistogramData {
  const hist = stateOf<HistogramState>(observed, `context:${variable}`);
  const all = unionOf(hist);
  const { bins, by } = shownBins((bin) => all.n[bin + 1]!, hist.bins[0], SHOWN.context);
  return {
    axis: cut(contextAxis(pipeline, variable), 0, bins, by),
    series: withRegimes(hist, variable, 1, bins + 1, by),
  };
}

function responseHistogram(pipeline: Pipeline, observed: Book, regimes: number): HistogramData {
  const { name, title, bins } = pipeline.response!;
  const bySplit = stateOf<HistogramState>(observed, 'response');
  const hist = regroupHistogram(
    bySplit,
    Array.from({ length: bySplit.groups }, (_, h) => Math.floor((h * regimes) / bySplit.groups)),
    regimes,
  );
  const edges = edgesOf(bins);
  const near = (x: number): number =>
    edges.reduce((best, edge, i) => (Math.abs(edge - x) < Math.abs(edges[best]! - x) ? i : best), 0);
  const [from, to] = [near(-RESPONSE_SHOWN), near(RESPONSE_SHOWN)];
  const by = Math.max(1, Math.round((to - from) / SHOWN.response));
  const axis = cut({ variable: name, title: title ?? name, unit: null, edges }, from, to, by);
  return { axis, series: withRegimes(hist, name, from + 1, to + 1, by) };
}

/** A grid joined to at most SHOWN.plane cells a side over the range where events are. */
function planeOf(grid: GridState, x: Axis, y: Axis, joinY = true) {
  const [nx] = grid.x;
  const [ny] = grid.y;
  const at = (ix: number, iy: number): number => (iy + 1) * (nx + 2) + ix + 1;
  const column = (ix: number): number => [...Array(ny).keys()].reduce((sum, iy) => sum + grid.n[at(ix, iy)]!, 0);
  const row = (iy: number): number => [...Array(nx).keys()].reduce((sum, ix) => sum + grid.n[at(ix, iy)]!, 0);
  const shownX = shownBins(column, nx, SHOWN.plane);
  const shownY = joinY ? shownBins(row, ny, SHOWN.plane) : { bins: ny, by: 1 };
  const cells: number[][] = [];
  for (let iy = 0; iy < shownY.bins; iy += shownY.by) {
    for (let ix = 0; ix < shownX.bins; ix += shownX.by) {
      const slots: number[] = [];
      for (let dy = 0; dy < shownY.by && iy + dy < shownY.bins; dy++) {
        for (let dx = 0; dx < shownX.by && ix + dx < shownX.bins; dx++) slots.push(at(ix + dx, iy + dy));
      }
      cells.push(slots);
    }
  }
  const n = cells.map((slots) => slots.reduce((sum, slot) => sum + grid.n[slot]!, 0));
  const outside = grid.n.reduce((sum, entry) => sum + entry, 0) - n.reduce((sum, entry) => sum + entry, 0);
  return { plane: { x: cut(x, 0, shownX.bins, shownX.by), y: cut(y, 0, shownY.bins, shownY.by), n, outside }, cells };
}

/** Mean δ and mean |δ| with errors in each cell; null where there are too few events to know. */
function responsePlane(
  grid: GridState,
  { plane, cells }: ReturnType<typeof planeOf>,
): NonNullable<Report['distributions']['responsePlane']> {
  const sums = grid.sums!;
  const of = (which: 0 | 2): { value: number | null; error: number | null }[] =>
    cells.map((slots, cell) => {
      const add = (f: (slot: number) => number): number => slots.reduce((sum, slot) => sum + f(slot), 0);
      const w = add((slot) => sumOfWeights(grid, slot));
      if (plane.n[cell] === 0 || w === 0) return { value: null, error: null };
      const value = add((slot) => sumAt(sums, 3 * slot + which)) / w;
      const n = w ** 2 / add((slot) => sumOfSquares(grid, slot));
      const variance = (add((slot) => sumAt(sums, 3 * slot + 1)) / w - value * value) / (n - 1);
      return { value, error: variance >= 0 && n > 1 ? Math.sqrt(variance) : null };
    });
  const signed = of(0);
  const absolute = of(2);
  return {
    ...plane,
    mean: signed.map(({ value }) => value),
    meanError: signed.map(({ error }) => error),
    meanAbsolute: absolute.map(({ value }) => value),
    meanAbsoluteError: absolute.map(({ error }) => error),
  };
}

export function distributions(pipeline: Pipeline, observed: Book, regimes: number): Report['distributions'] {
  const { response, spectrum } = pipeline;
  const [x, y] = Object.keys(pipeline.context);
  const out: Report['distributions'] = {
    context: Object.keys(pipeline.context).map((variable) => contextHistogram(pipeline, observed, variable)),
  };
  if (spectrum) {
    const [bins] = spectrum.bins;
    const series = (['truth', 'reco'] as const).flatMap((name) =>
      spectrum[name] === undefined
        ? []
        : withRegimes(stateOf(observed, `spectrum:${name}`), name, 1, SPECTRUM_PARTS * bins + 1, SPECTRUM_PARTS),
    );
    out.spectrum = { axis: spectrumAxis(pipeline), series };
    const grid = stateOf<GridState>(observed, 'spectrum_plane');
    out.spectrumPlane = planeOf(grid, contextAxis(pipeline, x!), spectrumAxis(pipeline), false).plane;
  }
  if (response) out.response = responseHistogram(pipeline, observed, regimes);
  if (y !== undefined) {
    const grid = stateOf<GridState>(observed, 'plane');
    const joined = planeOf(grid, contextAxis(pipeline, x!), contextAxis(pipeline, y));
    out.contextPlane = joined.plane;
    if (response) out.responsePlane = responsePlane(grid, joined);
  }
  return out;
}
