import { log } from '../../../operators/expressions/math/log.js';
import { basisSize, basisTerms, fillHats, hatRows, type LocalBasis } from '../../../operators/locality/basis.js';
import { crossFit, modelCovariance } from '../../../operators/locality/cross_fit.js';
import { fitMean, fitVariance, functionWeights, normalMatrix } from '../../../operators/locality/local_fit.js';
import { fillLocal, localColumns, type LocalColumns, type LocalStep } from '../../../operators/locality/local_rows.js';
import { localityFamily, type LocalityFamily } from '../../../operators/locality/locality_test.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { hatProducts } from '../../../operators/summaries/hat_products.js';
import { hatSums, sumVector } from '../../../operators/summaries/hat_sums.js';
import { binsOf, momentsOf } from './reference.js';

const FOLDS = 5;
const EDGES: Record<string, readonly number[]> = {
  H_T: [0, 60, 90, 130, 200, 300],
  abs_deta: [0, 0.3, 0.7, 1.2, 1.8],
};

interface Event {
  readonly pt: readonly [number, number];
  readonly eta: readonly [number, number];
  readonly H_T: number;
  readonly abs_deta: number;
}

/** Two leptons of falling pt; local responses whose halves add up, and what `context` adds. */
function toyOf(seed: number, length: number, context: (event: Event) => number) {
  const words = new Uint32Array(4);
  const draw = (i: number, which: number): [number, number] => {
    philox(i, which, seed, 0, 5, 0, words);
    return [uniform(words[0]!, words[1]!), uniform(words[2]!, words[3]!)];
  };
  const events = Array.from({ length }, (_, i): Event => {
    const pt = draw(i, 0).map((u) => 20 - 45 * log(u)) as [number, number];
    const eta = draw(i, 1).map((u) => 2.5 * u) as [number, number];
    return { pt, eta, H_T: pt[0] + pt[1], abs_deta: Math.abs(eta[0] - eta[1]) };
  });
  const delta = Float64Array.from(events, (event, i) => {
    const { pt, eta } = event;
    const mean = [0, 1].reduce((sum, j) => sum - 0.002 - 5e-5 * pt[j]! - 0.004 * eta[j]!, 0) / 2;
    const width = (j: number): number => 0.01 + 8e-5 * pt[j]! + 0.004 * eta[j]!;
    const [u, tail] = draw(i, 2);
    const sigma = Math.sqrt(width(0) ** 2 + width(1) ** 2) / 2;
    // One in ten is twice as wide.
    return mean + sigma * (tail < 0.1 ? 2 : 1) * normal(u) + context(event);
  });
  return { events, delta, fold: Uint16Array.from(events, (_, i) => (i * 7 + seed) % FOLDS) };
}

const basis: LocalBasis = {
  objects: 2,
  features: [
    { name: 'pt', knots: [20, 33, 52, 85, 160, 330] },
    { name: 'eta', knots: [0, 1.25, 2.5] },
  ],
  categories: [],
};

/** The whole chain of operators on a toy: the fit in turns, cross-fitting, and the test in H_T and in |Δη|. */
export function testToy(seed: number, length: number, context: (event: Event) => number = () => 0): LocalityFamily[] {
  const { events, delta, fold } = toyOf(seed, length, context);
  const hats = hatRows(basis, length);
  const features = [0, 1].map(
    (j) =>
      new Map([
        ['pt', Float64Array.from(events, ({ pt }) => pt[j]!)],
        ['eta', Float64Array.from(events, ({ eta }) => eta[j]!)],
      ]),
  );
  fillHats(basis, features, length, hats);
  const columns = localColumns(length);
  const over = (step: LocalStep): LocalColumns => {
    fillLocal(step, hats, delta, fold, length, columns);
    return columns;
  };
  const rows = (last: Float64Array, group: Uint16Array | null) => ({
    ...{ length, group, weight: null },
    columns: [...hats.index, ...hats.value, last],
  });
  const size = basisSize(basis);
  const config = { size, terms: basisTerms(basis) };
  const products = (weight: Float64Array, group: Uint16Array | null = null, groups = 1) => {
    const state = hatProducts.create({ ...config, groups });
    hatProducts.fill(state, rows(weight, group));
    return state;
  };
  const sums = (value: Float64Array, group: Uint16Array | null = null, groups = 1) => {
    const state = hatSums.create({ ...config, groups });
    hatSums.fill(state, rows(value, group));
    return state;
  };
  const times = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => x * b[i]!);

  let step: LocalStep = { basis, clip: { low: -0.3, high: 0.3 } };
  for (let turn = 0; turn <= 2; turn++) {
    const { weight, y } = over(step);
    const first = normalMatrix(basis, products(weight), [0], functionWeights(step.variance, 1));
    const mean = fitMean(first, sumVector(sums(times(weight, y)), 0));
    const { weightSquared, squared } = over({ ...step, mean: [mean] });
    const squares = functionWeights(step.variance, 2);
    const second = normalMatrix(basis, products(weightSquared), [0], squares);
    const variance = fitVariance(second, sumVector(sums(times(weightSquared, squared)), 0), squares);
    step = turn === 2 ? { ...step, variance } : { basis, clip: { shape: { mean, variance }, width: 3 }, variance };
  }
  const { weight, y } = over(step);
  const fit = crossFit(
    basis,
    products(weight, fold, FOLDS),
    sums(times(weight, y), fold, FOLDS),
    functionWeights(step.variance, 1),
  );
  const { pull, residual, inverse } = over({ ...step, mean: fit.mean });
  return (['H_T', 'abs_deta'] as const).map((name) => {
    const bin = binsOf(
      Float64Array.from(events, (event) => event[name]),
      EDGES[name]!,
    );
    const bins = EDGES[name]!.length + 1;
    const crossed = sums(
      inverse,
      fold.map((k, i) => k * bins + bin[i]!),
      FOLDS * bins,
    );
    return localityFamily({
      name,
      pull: momentsOf(pull, bin, bins),
      squared: momentsOf(times(pull, pull), bin, bins),
      residual: momentsOf(residual, bin, bins),
      covariance: modelCovariance(fit, crossed, bins),
      ordered: true,
    });
  });
}
