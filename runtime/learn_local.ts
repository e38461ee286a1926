import { basisSize, type LocalBasis } from '../operators/locality/basis.js';
import { crossFit, type CrossFit } from '../operators/locality/cross_fit.js';
import { quantileKnots } from '../operators/locality/knots.js';
import { fitMean, fitVariance, functionWeights, normalMatrix } from '../operators/locality/local_fit.js';
import type { LocalStep } from '../operators/locality/local_rows.js';
import { wrongPipeline } from '../operators/problem.js';
import type { Book, Entry } from '../operators/summaries/book.js';
import { contextCells, type ContextCellsState } from '../operators/summaries/context_cells.js';
import type { HatProductsState } from '../operators/summaries/hat_products.js';
import { sumVector, type HatSumsState } from '../operators/summaries/hat_sums.js';
import type { MomentsState } from '../operators/summaries/moments.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { crossedEntries, hatEntries, type Family } from './local_entries.js';
import { continuousFeatures } from './local_formulas.js';
import { FOLD, localColumn, WEIGHTED_RESPONSE, WEIGHTED_SQUARE, type LocalPass } from './local_pass.js';
import { stateOf } from './report/pages.js';

/** Runs one pass over the skim of the whole crew and merges. */
export type RunPass = (entries: readonly Entry[], pass: LocalPass) => Promise<Book>;

/** The learned local model, cross-fitted, and what the errors of its pulls are made of. */
export interface LearnedModel {
  readonly basis: LocalBasis;
  readonly fit: CrossFit;
  /** How pulls are made. */
  readonly step: LocalStep;
  /** Σ x / σ by fold and bin, for each family. */
  readonly crossed: Book;
}

/** Numbers of knots where the pipeline gives none: of the first feature, and of the others. */
const KNOTS = { first: 12, other: 5 };
const MAX_SIZE = 600;
/** Winsorisation before a model is known: so many σ68 to either side of the median. */
const FIRST_WIDTH = 10;
const ITERATIONS = 2;
/** Sums of squares are known to 2^-64 an event. */
const LEAST_VARIANCE = 2 ** -60;

/** Why there is no model where `learnLocal` gives none. */
export const NO_WIDTH = 'the response has no width beyond its local mean';

/**
 * Fits mean and variance in turns, once and then twice more: least squares to the winsorised response, each event
 * weighted by the inverse of its variance, then to the squared residuals. The last mean is fitted by fold. Each pass is
 * a pure function of what the one before has found, so the model is one of merged sums (law 2). null: the response has
 * no width, so that there are no pulls.
 */
export async function learnLocal(
  pipeline: Pipeline,
  features: Book,
  core: { readonly median: number; readonly sigma68: number },
  all: readonly Family[],
  base: LocalPass,
  run: RunPass,
): Promise<LearnedModel | null> {
  const basis = basisOf(pipeline, features);
  const { winsorise: width, folds } = pipeline.local_model;
  const reach = FIRST_WIDTH * core.sigma68;
  let step: LocalStep = { basis, clip: { low: core.median - reach, high: core.median + reach } };
  /** Without a variance all weights are 1: the first two fits have one matrix. */
  let unweighted: HatProductsState | null = null;
  const fit = async (
    now: LocalStep,
    weight: 'weight' | 'weightSquared',
    what: string,
    of: typeof fitVariance,
  ): Promise<Float64Array> => {
    const known = now.variance === undefined ? unweighted : null;
    const entries = hatEntries(basis, 1, null, known ? null : localColumn(weight), what);
    const book = await run(entries, { ...base, step: now });
    const products = known ?? stateOf<HatProductsState>(book, 'products');
    if (now.variance === undefined) unweighted = products;
    const weights = functionWeights(now.variance, weight === 'weight' ? 1 : 2);
    const vector = sumVector(stateOf<HatSumsState>(book, 'sums'), 0);
    return of(normalMatrix(basis, products, [0], weights), vector, weights);
  };
  for (let turn = 0; ; turn++) {
    const mean = await fit(step, 'weight', WEIGHTED_RESPONSE, fitMean);
    const variance = await fit({ ...step, mean: [mean] }, 'weightSquared', WEIGHTED_SQUARE, fitVariance);
    if (!variance.every((v) => v > LEAST_VARIANCE)) return null;
    if (turn === ITERATIONS) {
      step = { ...step, variance };
      break;
    }
    step = { basis, clip: { shape: { mean, variance }, width }, variance };
  }
  const crossed = await run(
    [...hatEntries(basis, folds, FOLD, localColumn('weight'), WEIGHTED_RESPONSE), ...crossedEntries(basis, folds, all)],
    { ...base, step },
  );
  const found = crossFit(
    basis,
    stateOf<HatProductsState>(crossed, 'products'),
    stateOf<HatSumsState>(crossed, 'sums'),
    functionWeights(step.variance, 1),
  );
  return { basis, fit: found, step: { ...step, mean: found.mean }, crossed };
}

function basisOf(pipeline: Pipeline, features: Book): LocalBasis {
  const { knots: wanted, categories } = pipeline.local_model;
  const objects = pipeline.objects!.length;
  const basis: LocalBasis = {
    objects,
    features: continuousFeatures(pipeline).map((name, f) => {
      const joined = contextCells.create({ dimensions: 1, groups: 1, maxCells: 2 ** 12 });
      for (let j = 0; j < objects; j++) {
        contextCells.merge(joined, stateOf<ContextCellsState>(features, `feature:${name}:${j}`));
      }
      contextCells.settle(joined);
      return { name, knots: quantileKnots(joined, wanted[name] ?? (f === 0 ? KNOTS.first : KNOTS.other)) };
    }),
    categories: Object.entries(categories).map(([name, values]) => ({ name, values })),
  };
  const size = basisSize(basis);
  if (size > MAX_SIZE) {
    throw wrongPipeline(
      `local_model: ${size} basis functions, ${MAX_SIZE} at most; give fewer local_model.knots, or leave a feature out with 1`,
    );
  }
  return basis;
}

/** Number of events that the passes see. */
export const eventsSeen = (first: Book): number => stateOf<MomentsState>(first, 'local_moments').n[0]!;
