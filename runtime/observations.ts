import { SPLITS } from '../operators/split.js';
import type { Entry } from '../operators/summaries/book.js';
import type { ContextCellsConfig } from '../operators/summaries/context_cells.js';
import type { CountConfig } from '../operators/summaries/count.js';
import type { GridConfig } from '../operators/summaries/grid.js';
import type { Bins, HistogramConfig } from '../operators/summaries/histogram.js';
import type { MomentsConfig } from '../operators/summaries/moments.js';
import type { ZoomConfig } from '../operators/summaries/zoom.js';
import type { QuantileDefinition } from '../operators/summaries/quantile.js';
import type { Pipeline } from '../schemas/pipeline.js';

/** Columns and groups that the passes derive from a skim chunk. */
export const DELTA = '(delta)';
export const DISTANCE = '(squared distance to the centroid)';
export const SPLIT = 'split';
export const REGIME = 'regime';
export const REGIME_SPLIT = 'regime × split';
const COUNT = 'count';
export const RESPONSE_MOMENTS = 'response_moments';
/** Where the events of each regime and split are counted. */
export const countKey = ({ response }: Pipeline): string => (response ? RESPONSE_MOMENTS : COUNT);
/** Slot of the fine bins of a context variable: 0 below, bins + 1 above. */
export const slotOf = (variable: string): string => `slot of ${variable}`;
export const WINDOW_REGIME = 'window × regime';
export const binOf = (variable: string): string => `bin of ${variable}`;

/** The quantiles of the response (median, σ68, interquartile range) and of the context. */
export const RESPONSE_QUANTILES = [0.1587, 0.25, 0.5, 0.75, 0.8413];
export const CONTEXT_QUANTILES = [0.01, 0.1, 0.5, 0.9, 0.99, 0.999];

/** Bins of the spectrum are cut by this, for the position of its peak. */
export const SPECTRUM_PARTS = 10;
const MAX_CELLS = 2 ** 15;
const ZOOM_PARTS = { response: 256, context: 4096 };

/** Edges of the bins in which bias and σ68 are quoted; there is an under- and an overflow beside them. */
export function reportEdges({ report, bins: [, low, high] }: Pipeline['context'][string]): readonly number[] {
  return report ?? Array.from({ length: 11 }, (_, i) => low + (i * (high - low)) / 10);
}

const finer = ([n, low, high]: Bins, parts: number): Bins => [n * parts, low, high];

/**
 * Power of two at or above the ends of a context variable's bins: divided by it (which rounds nothing), values lie in
 * [−1, 1], and narrow exact sums do for them and their squares (summaries/exact_sum.ts).
 */
export function contextUnit({ bins: [, low, high] }: Pipeline['context'][string]): number {
  let unit = 1;
  const most = Math.max(Math.abs(low), Math.abs(high));
  while (unit < most) unit *= 2;
  while (unit / 2 >= most) unit /= 2;
  return unit;
}

export const scaled = (variable: string): string => `${variable} / unit`;

/** First pass over the skim: what the regimes are found from. Unweighted, by split. */
export function surveyEntries(pipeline: Pipeline): Entry[] {
  const context = Object.keys(pipeline.context);
  const groups = SPLITS.length;
  const cells: ContextCellsConfig = { dimensions: context.length, groups, maxCells: MAX_CELLS };
  const moments: MomentsConfig = { groups, weighted: false, wide: false };
  return [
    { key: 'cells', summary: 'context_cells', config: cells, columns: context, group: SPLIT, weighted: false },
    ...context.map((name): Entry => ({
      key: `scale:${name}`,
      summary: 'moments',
      config: moments,
      columns: [scaled(name)],
      group: SPLIT,
      weighted: false,
    })),
  ];
}

/** Second pass, with the regimes known: everything that the report shows but quantiles. */
export function observeEntries(pipeline: Pipeline, regimes: number): Entry[] {
  const { response, spectrum } = pipeline;
  const weighted = pipeline.weight !== undefined;
  const context = Object.entries(pipeline.context);
  const entries: Entry[] = [];
  const add = (
    key: string,
    summary: Entry['summary'],
    config: unknown,
    columns: string[],
    group: string | null = null,
    withWeight = weighted,
  ): void => {
    entries.push({ key, summary, config, columns, group, weighted: withWeight });
  };
  const histogram = (key: string, bins: Bins, groups: number, column: string, group: string | null): void => {
    add(key, 'histogram', { bins, groups, weighted } satisfies HistogramConfig, [column], group);
  };
  const moments = (key: string, wide: boolean, groups: number, column: string, group: string | null): void => {
    add(key, 'moments', { groups, weighted, wide } satisfies MomentsConfig, [column], group);
  };

  const byRegime = regimes * SPLITS.length;
  // With a response its moments count the events, too.
  if (!response) add(COUNT, 'count', { groups: byRegime, weighted } satisfies CountConfig, [], REGIME_SPLIT);
  const inertia: MomentsConfig = { groups: SPLITS.length, weighted: false, wide: false };
  add('inertia', 'moments', inertia, [DISTANCE], SPLIT, false);
  for (const [name, { bins }] of context) {
    histogram(`context:${name}`, bins, regimes, name, REGIME);
    if (weighted) moments(`context_moments:${name}`, true, 1, name, null);
  }
  if (spectrum) {
    for (const [series, column] of [
      ['reco', spectrum.reco],
      ['truth', spectrum.truth],
    ] as const) {
      if (column === undefined) continue;
      histogram(`spectrum:${series}`, finer(spectrum.bins, SPECTRUM_PARTS), regimes, column, REGIME);
    }
    const [[name, { bins }]] = context as [[string, Pipeline['context'][string]]];
    const plane: GridConfig = { x: bins, y: spectrum.bins, weighted, response: false };
    add('spectrum_plane', 'grid', plane, [name, spectrum.reco]);
  }
  if (context.length > 1) {
    const [[x, { bins: xBins }], [y, { bins: yBins }]] = context as [(typeof context)[0], (typeof context)[0]];
    const plane: GridConfig = { x: xBins, y: yBins, weighted, response: response !== undefined };
    add('plane', 'grid', plane, response ? [x, y, DELTA] : [x, y]);
  }
  if (response) {
    histogram('response', response.bins, byRegime, DELTA, REGIME_SPLIT);
    moments(RESPONSE_MOMENTS, false, byRegime, DELTA, REGIME_SPLIT);
    for (const [name, variable] of context) {
      const groups = reportEdges(variable).length + 1;
      histogram(`by:${name}`, response.bins, groups, DELTA, binOf(name));
      moments(`by_moments:${name}`, false, groups, DELTA, binOf(name));
    }
  }
  return entries;
}

/** A zoom of the third pass: the bins are chosen from the merged histogram of the second (quantile.ts). */
export interface ZoomRequest {
  readonly key: string;
  readonly column: string;
  readonly group: string | null;
  readonly probabilities: readonly number[];
  readonly parts: number;
  readonly definition: QuantileDefinition;
}

/** Third pass: quantiles. `response:all` and its like name unions of groups, see regroup.ts. */
export function zoomRequests(pipeline: Pipeline): ZoomRequest[] {
  const context = Object.keys(pipeline.context);
  const ofContext = context.map((name): ZoomRequest => ({
    key: `context:${name}`,
    column: name,
    group: null,
    probabilities: CONTEXT_QUANTILES,
    parts: ZOOM_PARTS.context,
    definition: 'passing',
  }));
  if (!pipeline.response) return ofContext;
  const ofResponse = [
    ['response:regime,split', REGIME_SPLIT],
    ['response:regime', REGIME],
    ['response:split', SPLIT],
    ['response:all', null],
    ...context.map((name) => [`by:${name}`, binOf(name)] as const),
  ] as const;
  return [
    ...ofContext,
    ...ofResponse.map(([key, group]): ZoomRequest => ({
      key,
      column: DELTA,
      group,
      probabilities: RESPONSE_QUANTILES,
      parts: ZOOM_PARTS.response,
      definition: 'linear',
    })),
  ];
}

/** The entry that fills a zoom. */
export const zoomEntry = ({ key, column, group }: ZoomRequest, config: ZoomConfig): Entry => ({
  key,
  summary: 'zoom',
  config,
  columns: [column],
  group,
  weighted: config.weighted,
});
