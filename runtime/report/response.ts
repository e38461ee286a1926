import { effectiveN as effectiveNumber } from '../../operators/response/effective_n.js';
import { mean, meanAbsolute } from '../../operators/response/mean.js';
import { tail } from '../../operators/response/tail.js';
import { widths } from '../../operators/response/widths.js';
import { SPLITS } from '../../operators/split.js';
import type { Book } from '../../operators/summaries/book.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { zoomFor } from '../../operators/summaries/quantile.js';
import { regroupHistogram, regroupMoments, unionOf } from '../../operators/summaries/regroup.js';
import type { ZoomConfig, ZoomState } from '../../operators/summaries/zoom.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report } from '../../schemas/report.js';
import { reportEdges, RESPONSE_MOMENTS, zoomRequests } from '../observations.js';
import { stateOf } from './pages.js';

/** The unions of (regime, split) groups whose response is quoted, by the key of their zoom. */
function unions(regimes: number): Record<string, { readonly into: number[]; readonly groups: number }> {
  const splits = SPLITS.length;
  const of = (into: (regime: number, split: number) => number, groups: number) => ({
    into: Array.from({ length: regimes * splits }, (_, h) => into(Math.floor(h / splits), h % splits)),
    groups,
  });
  return {
    'response:regime,split': of((regime, split) => regime * splits + split, regimes * splits),
    'response:regime': of((regime) => regime, regimes),
    'response:split': of((_, split) => split, splits),
    'response:all': of(() => 0, 1),
  };
}

const made = new WeakMap<Book, Map<string, HistogramState>>();

/** The coarse histogram that belongs to a zoom of the third pass; made once for each key of a book. */
function coarse(observed: Book, key: string, regimes: number): HistogramState {
  const known = made.get(observed) ?? new Map<string, HistogramState>();
  made.set(observed, known);
  const hist = known.get(key) ?? makeCoarse(observed, key, regimes);
  known.set(key, hist);
  return hist;
}

function makeCoarse(observed: Book, key: string, regimes: number): HistogramState {
  const union = unions(regimes)[key];
  if (union) return regroupHistogram(stateOf(observed, 'response'), union.into, union.groups);
  const hist = stateOf<HistogramState>(observed, key);
  return key.startsWith('context:') ? unionOf(hist) : hist;
}

/** What the third pass has to look at, by key. */
export function zoomConfigs(pipeline: Pipeline, observed: Book, regimes: number): ReadonlyMap<string, ZoomConfig> {
  return new Map(
    zoomRequests(pipeline).map(({ key, probabilities, parts, definition }) => [
      key,
      zoomFor(coarse(observed, key, regimes), probabilities, parts, definition),
    ]),
  );
}

export function coarseAndZoom(observed: Book, zoomed: Book, key: string, regimes: number): [HistogramState, ZoomState] {
  return [coarse(observed, key, regimes), stateOf<ZoomState>(zoomed, key)];
}

/** Median and σ68 of a union of groups; without events a wide open range. */
export function coreOf(observed: Book, zoomed: Book, key: string, group: number, regimes: number) {
  const [hist, zoom] = coarseAndZoom(observed, zoomed, key, regimes);
  // The number of events only makes the errors, which are not asked for.
  const { median, sigma68 } = widths(hist, zoom, group, Infinity);
  return { median: median.value ?? 0, sigma68: sigma68.value ?? 1 };
}

/** Response by regime and split, 'all' being the union. */
export function responseRows(observed: Book, zoomed: Book, regimes: number): NonNullable<Report['response']> {
  const ids = [...Array(regimes).keys()];
  const moments = stateOf<MomentsState>(observed, RESPONSE_MOMENTS);
  const splits = [...SPLITS.keys()];
  return Object.entries(unions(regimes)).flatMap(([key, { into, groups }]) => {
    const [hist, zoom] = coarseAndZoom(observed, zoomed, key, regimes);
    const joined = regroupMoments(moments, into, groups);
    const names =
      key === 'response:regime,split'
        ? ids.flatMap((regime) => splits.map((split) => ({ regime, split: SPLITS[split]! })))
        : key === 'response:regime'
          ? ids.map((regime) => ({ regime, split: 'all' as const }))
          : key === 'response:split'
            ? SPLITS.map((split) => ({ regime: 'all' as const, split }))
            : [{ regime: 'all' as const, split: 'all' as const }];
    return names.map((name, group) => ({ ...name, stage: 'raw' as const, ...responseOf(hist, zoom, joined, group) }));
  });
}

export function responseOf(hist: HistogramState, zoom: ZoomState, moments: MomentsState, group: number) {
  const n = effectiveNumber(moments, group);
  const { median, sigma68, iqr } = widths(hist, zoom, group, n);
  const known = median.value !== null && sigma68.value !== null;
  return {
    n: moments.n[group]!,
    effectiveN: n,
    bias: mean(moments, group),
    median,
    sigma68,
    iqr,
    tail: known ? tail(hist, group, median.value, sigma68.value, n) : { value: null, low: null, high: null },
    meanAbsolute: meanAbsolute(moments, group),
  };
}

/** Response in the report bins of each context variable; flow bins have a null edge and are left out if empty. */
export function byContextRows(pipeline: Pipeline, observed: Book, zoomed: Book): NonNullable<Report['byContext']> {
  return Object.entries(pipeline.context).flatMap(([variable, config]) => {
    const edges = reportEdges(config);
    const hist = stateOf<HistogramState>(observed, `by:${variable}`);
    const zoom = stateOf<ZoomState>(zoomed, `by:${variable}`);
    const moments = stateOf<MomentsState>(observed, `by_moments:${variable}`);
    return [...Array(edges.length + 1).keys()].flatMap((group) => {
      const low = edges[group - 1] ?? null;
      const high = edges[group] ?? null;
      const { n, effectiveN, bias, median, sigma68, meanAbsolute } = responseOf(hist, zoom, moments, group);
      if ((low === null || high === null) && n === 0) return [];
      return [{ variable, low, high, n, effectiveN, bias, median, sigma68, meanAbsolute }];
    });
  });
}
