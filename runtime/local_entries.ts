import { SPLITS } from '../operators/split.js';
import type { Entry } from '../operators/summaries/book.js';
import type { ContextCellsConfig } from '../operators/summaries/context_cells.js';
import type { Bins, HistogramConfig } from '../operators/summaries/histogram.js';
import type { MomentsConfig } from '../operators/summaries/moments.js';
import { basisSize, basisTerms, type LocalBasis } from '../operators/locality/basis.js';
import type { HatSumsConfig } from '../operators/summaries/hat_sums.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { featureColumn } from './local_formulas.js';
import { CORE, declaredColumn, foldBinOf, hatIndex, hatValue, localColumn, PULL_SQUARED } from './local_pass.js';
import { binOf, DELTA, REGIME, reportEdges, scaled, slotOf, SPLIT, WINDOW_REGIME } from './observations.js';
import { WINDOW } from './pipeline_plan.js';

export const RESPONSE_CELLS = 'response_cells';
/** Response cells of the raw δ, where a correction is made of its core. */
export const RAW_CELLS = 'response_cells:raw';
const MAX_CELLS = 2 ** 13;
/** More windows are not followed one by one. */
export const MAX_WINDOWS = 1000;
/** Bins of δ in which σ68 is found by context slot and by window. */
export const PROFILE_BINS = 800;

/** Entries of the local analysis count every event 1. */
const entry = (
  key: string,
  summary: Entry['summary'],
  config: unknown,
  columns: string[],
  group: string | null,
): Entry => ({ key, summary, config, columns, group, weighted: false });

const moments = (key: string, groups: number, column: string, group: string | null, wide = false): Entry =>
  entry(key, 'moments', { groups, weighted: false, wide } satisfies MomentsConfig, [column], group);

/** A group of bins that pulls are tested in: a context variable's report bins, or the regimes. */
export interface Family {
  readonly name: string;
  readonly group: string;
  readonly bins: number;
}

export const REGIMES_FAMILY = 'regime';

export const families = (pipeline: Pipeline, regimes: number): Family[] => [
  ...Object.entries(pipeline.context).map(([name, variable]) => ({
    name,
    group: binOf(name),
    bins: reportEdges(variable).length + 1,
  })),
  { name: REGIMES_FAMILY, group: REGIME, bins: regimes },
];

/** First pass: response by context cell, the features' distributions, the windows there are. */
export function firstEntries(pipeline: Pipeline, core: string, features: readonly string[]): Entry[] {
  const context = Object.keys(pipeline.context);
  const cells: ContextCellsConfig = { dimensions: context.length, groups: SPLITS.length, maxCells: MAX_CELLS };
  return [
    entry(RESPONSE_CELLS, 'response_cells', cells, [...context, core], SPLIT),
    ...(core === DELTA ? [] : [entry(RAW_CELLS, 'response_cells', cells, [...context, DELTA], SPLIT)]),
    ...featureEntries(pipeline, features),
    ...(pipeline.window === undefined ? [] : [entry('windows', 'distinct', { most: MAX_WINDOWS }, [WINDOW], null)]),
  ];
}

/** What a local model is begun with: the number of events, and the distributions of the features. */
export function featureEntries({ objects = [] }: Pipeline, features: readonly string[]): Entry[] {
  const one: ContextCellsConfig = { dimensions: 1, groups: 1, maxCells: 2 ** 12 };
  return [
    moments('local_moments', 1, DELTA, null),
    ...features.flatMap((feature) =>
      objects.map((object, j) =>
        entry(`feature:${feature}:${j}`, 'context_cells', one, [featureColumn(object[feature]!)], null),
      ),
    ),
  ];
}

/** Products and sums of a basis; `weight` and `response` name the columns. */
export function hatEntries(
  basis: LocalBasis,
  groups: number,
  group: string | null,
  weight: string | null,
  response: string,
): Entry[] {
  const size = basisSize(basis);
  const terms = basisTerms(basis);
  const config: HatSumsConfig = { size, terms, groups };
  const columns = hatColumns(terms);
  return [
    ...(weight === null ? [] : [entry('products', 'hat_products', config, [...columns, weight], group)]),
    entry('sums', 'hat_sums', config, [...columns, response], group),
  ];
}

const hatColumns = (terms: number): string[] => {
  const ids = [...Array(terms).keys()];
  return [...ids.map(hatIndex), ...ids.map(hatValue)];
};

/** Σ x / σ by fold and bin of each family, for the errors of the pull means. */
export const crossedEntries = (basis: LocalBasis, folds: number, all: readonly Family[]): Entry[] =>
  all.map(({ name, group, bins }) => {
    const terms = basisTerms(basis);
    const config: HatSumsConfig = { size: basisSize(basis), terms, groups: folds * bins };
    return entry(
      `crossed:${name}`,
      'hat_sums',
      config,
      [...hatColumns(terms), localColumn('inverse')],
      foldBinOf(group),
    );
  });

/** Profiles along the fine bins of each context variable: mean, σ68, and where in its bin the events are. */
export const zoneEntries = (pipeline: Pipeline, models: readonly Model[]): Entry[] =>
  Object.entries(pipeline.context).flatMap(([name, { bins }]) => {
    const groups = bins[0] + 2;
    const widths: HistogramConfig = { bins: profileBins(pipeline), groups, weighted: false };
    return [
      moments(`zone:bias:${name}`, groups, DELTA, slotOf(name)),
      moments(`zone:context:${name}`, groups, scaled(name), slotOf(name)),
      entry(`zone:widths:${name}`, 'histogram', widths, [DELTA], slotOf(name)),
      ...models.map((model) => moments(`zone:${model}:${name}`, groups, pullColumns(model).pull, slotOf(name), true)),
    ];
  });

export const profileBins = ({ response }: Pipeline): Bins => {
  const [n, low, high] = response!.bins;
  return [Math.min(n, PROFILE_BINS), low, high];
};

export type Model = 'learned' | 'declared';

const pullColumns = (model: Model) =>
  model === 'learned'
    ? { pull: localColumn('pull'), squared: PULL_SQUARED, residual: localColumn('residual') }
    : { pull: declaredColumn('pull'), squared: declaredColumn('squared'), residual: declaredColumn('residual') };

/** Pulls, their squares and the residuals by bin of each family; for the learned model also the expected variance. */
export const pullEntries = (models: readonly Model[], all: readonly Family[]): Entry[] =>
  models.flatMap((model) =>
    all.flatMap(({ name, group, bins }) => [
      ...(['pull', 'squared', 'residual'] as const).map((what) =>
        moments(`${what}:${model}:${name}`, bins, pullColumns(model)[what], group, true),
      ),
      ...(model === 'learned' ? [moments(`expected:${name}`, bins, localColumn('variance'), group, true)] : []),
    ]),
  );

/** The pull by window and regime. */
export const windowPull = (groups: number, model: Model): Entry =>
  moments('window:pull', groups, pullColumns(model).pull, WINDOW_REGIME, true);

/** By window and regime: mean and widths of the response, and the pull. */
export function windowEntries(
  pipeline: Pipeline,
  regimes: number,
  windows: Float64Array | null,
  model: Model | undefined,
): Entry[] {
  if (windows === null) return [];
  const groups = windows.length * regimes;
  const config: HistogramConfig = { bins: profileBins(pipeline), groups, weighted: false };
  return [
    moments('window:bias', groups, DELTA, WINDOW_REGIME),
    moments('window:core', groups, CORE, WINDOW_REGIME),
    entry('window:widths', 'histogram', config, [DELTA], WINDOW_REGIME),
    ...(model ? [windowPull(groups, model)] : []),
  ];
}
