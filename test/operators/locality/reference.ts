import { readFileSync } from 'node:fs';
import { hashKey } from '../../../operators/hash.js';
import { basisSize, basisTerms, fillHats, hatRows, type LocalBasis } from '../../../operators/locality/basis.js';
import { functionWeights } from '../../../operators/locality/local_fit.js';
import {
  fillLocal,
  localColumns,
  type LocalColumns,
  type LocalShape,
  type LocalStep,
} from '../../../operators/locality/local_rows.js';
import { hatProducts, type HatProductsState } from '../../../operators/summaries/hat_products.js';
import { hatSums, type HatSumsState } from '../../../operators/summaries/hat_sums.js';
import { moments, type MomentsState } from '../../../operators/summaries/moments.js';

interface Shape {
  readonly mean: number[];
  readonly variance: number[];
}

/** The whole fit and test on 3,000 events by NumPy and SciPy (test/fixtures/locality/local_model.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/locality/local_model.json', 'utf8')) as {
  readonly events: Record<'flavour' | 'pt1' | 'pt2' | 'eta1' | 'eta2' | 'delta', number[]>;
  readonly pipeline: {
    readonly knots: Record<string, number>;
    readonly categories: number[];
    readonly folds: number;
    readonly winsorise: number;
    readonly edges: Record<string, number[]>;
  };
  readonly core: { readonly median: number; readonly sigma68: number };
  readonly knots: Record<'pt' | 'abs_eta', number[]>;
  readonly turns: readonly [Shape, Shape, Shape];
  readonly atFloor: number;
  readonly fold: number[];
  readonly means: number[][];
  readonly pull: number[];
  readonly families: readonly {
    readonly name: string;
    readonly n: number[];
    readonly model: number[][];
    readonly used: number[];
    readonly pullMean: number[];
    readonly pullMeanError: number[];
    readonly pullWidth: number[];
    readonly pullWidthError: number[];
    readonly excess: number[];
    readonly excessError: number[];
    readonly shared: number[];
    readonly logP: number[];
    readonly chi2: number;
    readonly ndof: number;
    readonly familyLogP: number | null;
    readonly widthChi2: number;
    readonly widthLogP: number;
    readonly retained: number;
    readonly eigenvalues: number[];
  }[];
};

const scaled = (name: keyof typeof reference.events, unit: number): Float64Array =>
  Float64Array.from(reference.events[name], (x) => x / unit);

export const length = reference.events.delta.length;
export const folds = reference.pipeline.folds;
export const flavour = scaled('flavour', 1);
export const pt = [scaled('pt1', 10), scaled('pt2', 10)] as const;
export const absEta = [scaled('eta1', 100), scaled('eta2', 100)] as const;
export const delta = scaled('delta', 1e5);

/** Context variables by name. */
export const context: Record<string, Float64Array> = {
  H_T: pt[0].map((x, i) => x + pt[1][i]!),
  abs_deta: absEta[0].map((x, i) => Math.abs(x - absEta[1][i]!)),
  kind: flavour,
};

/** Event i has the key (i, 0), and its fold from there. */
export const fold = Uint16Array.from({ length }, (_, i) => Math.floor((hashKey(0x5eed_0002, i, 0) * folds) / 2 ** 32));

export const basis: LocalBasis = {
  objects: 2,
  features: [
    { name: 'pt', knots: reference.knots.pt },
    { name: 'abs_eta', knots: reference.knots.abs_eta },
  ],
  categories: [{ name: 'flavour', values: reference.pipeline.categories }],
};

export const hats = hatRows(basis, length);
fillHats(
  basis,
  pt.map((x, j) => new Map([['pt', x] as const, ['abs_eta', absEta[j]!] as const, ['flavour', flavour] as const])),
  length,
  hats,
);

export const shapeOf = ({ mean, variance }: Shape): LocalShape => ({
  mean: Float64Array.from(mean),
  variance: Float64Array.from(variance),
});

/** Columns of a step over all events. */
export function columnsOf(step: LocalStep): LocalColumns {
  const out = localColumns(length);
  fillLocal(step, hats, delta, fold, length, out);
  return out;
}

/** The last step: winsorised by the second turn, weighted by the third. */
export const lastStep: LocalStep = {
  basis,
  clip: { shape: shapeOf(reference.turns[1]), width: reference.pipeline.winsorise },
  variance: Float64Array.from(reference.turns[2].variance),
};
export const lastWeights = functionWeights(lastStep.variance, 1);

const config = { size: basisSize(basis), terms: basisTerms(basis) };

export function productsOf(weight: Float64Array, group: Uint16Array | null = null, groups = 1): HatProductsState {
  const state = hatProducts.create({ ...config, groups });
  hatProducts.fill(state, { length, columns: [...hats.index, ...hats.value, weight], group, weight: null });
  hatProducts.settle(state);
  return state;
}

export function sumsOf(values: Float64Array, group: Uint16Array | null = null, groups = 1): HatSumsState {
  const state = hatSums.create({ ...config, groups });
  hatSums.fill(state, { length, columns: [...hats.index, ...hats.value, values], group, weight: null });
  hatSums.settle(state);
  return state;
}

export function momentsOf(x: Float64Array, group: Uint16Array, groups: number): MomentsState {
  const state = moments.create({ groups, weighted: false, wide: true });
  moments.fill(state, { length: x.length, columns: [x], group, weight: null });
  moments.settle(state);
  return state;
}

/** 0 below the first edge, edges.length at and above the last. */
export const binsOf = (x: Float64Array, edges: readonly number[]): Uint16Array =>
  Uint16Array.from(x, (each) => edges.filter((edge) => edge <= each).length);

/** Greatest |a − b| in units of `scale`, by default the greatest |b|. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>, scale?: number): number {
  if (a.length !== b.length) return Infinity;
  const reach = scale ?? Array.from(b).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!) / reach), 0);
}
