import { contentHash } from '../summaries/codec.js';
import { cellCentre } from '../summaries/cell_code.js';
import { contextCells, type ContextCellsState } from '../summaries/context_cells.js';
import { sumAt } from '../summaries/exact_sum.js';
import type { MomentsState } from '../summaries/moments.js';
import { variance } from '../summaries/variance.js';
import { calinskiHarabasz } from './calinski_harabasz.js';
import { kmeans, type KMeansFit, type WeightedPoints } from './kmeans.js';
import { regimeLabels, type ContextWords } from './label.js';

export interface RegimesConfig {
  readonly count: number | 'auto';
  readonly standardise: boolean;
  readonly seed: number;
}

/**
 * The model: regimes numbered by rising first context variable, then the next. Centroids are in the coordinates
 * (x − mean) / width of each variable; `version` is the hash of all but the labels.
 */
export interface RegimeMap {
  readonly version: string;
  readonly variables: readonly string[];
  readonly scale: readonly { readonly mean: number; readonly width: number }[];
  readonly centroids: readonly (readonly number[])[];
  readonly labels: readonly string[];
}

export interface RegimeFit {
  readonly map: RegimeMap;
  /** Numbers of regimes tried, for count: auto. */
  readonly scan: readonly { readonly count: number; readonly inertia: number; readonly calinskiHarabasz: number }[];
  readonly training: number;
  readonly cells: number;
}

export interface ContextVariable {
  readonly name: string;
  /** A power of two by which its values in the moments were divided; default 1. */
  readonly unit?: number;
  readonly words: ContextWords;
}

const RESTARTS = 10;
const AUTO = [2, 3, 4, 5, 6, 7, 8];
/** Group of the training events in every summary by split. */
const TRAIN = 0;

/**
 * Finds the regimes: k-means on the cells of the training events' context, each variable standardised by its mean and
 * standard deviation (equal weight; width 1 where that is 0, or without `standardise`). An event counts by its cell's
 * centre, known to 2^-11 of its value or better. Events count 1, whatever their weight: regimes tell where events are,
 * and a sample of weighted slices is judged where it was made to have events. count: auto takes the number from 2 to 8
 * with the largest Calinski–Harabasz index. A pure function of merged summaries (law 2).
 *
 * @param cells context cells by split; settled here. @param moments unweighted, of each variable by split.
 * Without a training event: undefined.
 */
export function fitRegimes(
  cells: ContextCellsState,
  moments: readonly MomentsState[],
  variables: readonly ContextVariable[],
  config: RegimesConfig,
): RegimeFit | undefined {
  const training = moments[0]!.n[TRAIN]!;
  if (training === 0) return undefined;
  contextCells.settle(cells);
  const spreads = moments.map((m, d): Spread => {
    const unit = variables[d]!.unit ?? 1;
    const mean = sumAt(m.sums, 3 * TRAIN) / training;
    const deviation = Math.sqrt(variance(sumAt(m.sums, 3 * TRAIN + 1) / training, mean));
    return { mean: mean * unit, deviation: deviation * unit };
  });
  const scale = spreads.map(({ mean, deviation }) => ({
    mean,
    width: config.standardise && deviation > 0 ? deviation : 1,
  }));
  const data = standardisedCells(cells, scale, spreads);
  const fits = (config.count === 'auto' ? AUTO : [config.count]).map((count) =>
    kmeans(data, { count, seed: config.seed, restarts: RESTARTS }),
  );
  const total = kmeans(data, { count: 1, seed: config.seed, restarts: 1 }).inertia;
  const scan = fits.map((fit) => {
    const count = fit.centroids.length / data.dimensions;
    return { count, inertia: fit.inertia, calinskiHarabasz: calinskiHarabasz(total, fit.inertia, count, training) };
  });
  const best = scan.reduce((top, entry, i) => (entry.calinskiHarabasz > scan[top]!.calinskiHarabasz ? i : top), 0);
  const map = regimeMap(centroidRows(fits[best]!, data.dimensions), scale, spreads, variables);
  return { map, scan, training, cells: data.weights.length };
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

function standardisedCells(
  { size, dimensions, groups, codes, n, shift }: ContextCellsState,
  scale: RegimeMap['scale'],
  spreads: readonly Spread[],
): WeightedPoints {
  const used = Array.from({ length: size }, (_, cell) => cell).filter((cell) => n[cell * groups + TRAIN]! > 0);
  const points = new Float64Array(used.length * dimensions);
  used.forEach((cell, at) => {
    scale.forEach(({ mean, width }, d) => {
      // A constant is where its mean is, not where its cell's centre is.
      const constant = spreads[d]!.deviation === 0;
      points[at * dimensions + d] = constant ? 0 : (cellCentre(codes[cell * dimensions + d]!, shift) - mean) / width;
    });
  });
  return { points, weights: Float64Array.from(used, (cell) => n[cell * groups + TRAIN]!), dimensions };
}

/** Sorted by the first variable in which they differ. */
const centroidRows = ({ centroids }: KMeansFit, dimensions: number): number[][] =>
  Array.from({ length: centroids.length / dimensions }, (_, j) =>
    Array.from(centroids.subarray(j * dimensions, (j + 1) * dimensions)),
  ).sort((a, b) => {
    const d = a.findIndex((value, at) => value !== b[at]);
    return d < 0 ? 0 : a[d]! - b[d]!;
  });

function regimeMap(
  centroids: readonly (readonly number[])[],
  scale: RegimeMap['scale'],
  spreads: readonly Spread[],
  variables: readonly ContextVariable[],
): RegimeMap {
  const content = { variables: variables.map(({ name }) => name), scale, centroids };
  const labels = regimeLabels(
    // Words are about standard deviations, whatever the distance was measured in.
    centroids.map((row) => row.map((z, d) => (z * scale[d]!.width) / (spreads[d]!.deviation || 1))),
    variables.map(({ words }) => words),
  );
  return { ...content, labels, version: contentHash(content) };
}
