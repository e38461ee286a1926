import { describe, expect, it } from 'vitest';
import { crossFit, modelCovariance } from '../../../operators/locality/cross_fit.js';
import {
  basis,
  binsOf,
  columnsOf,
  context,
  distance,
  fold,
  folds,
  lastStep,
  lastWeights,
  productsOf,
  reference,
  sumsOf,
} from './reference.js';

const { y, weight, inverse } = columnsOf(lastStep);
const fit = crossFit(
  basis,
  productsOf(weight, fold, folds),
  sumsOf(
    y.map((each, i) => each * weight[i]!),
    fold,
    folds,
  ),
  lastWeights,
);

describe('crossFit', () => {
  it('fits the mean of each fold on the others, as dense least squares does', () => {
    expect([...fit.products.n]).toEqual(reference.fold);
    expect(fit.mean).toHaveLength(folds);
    fit.mean.forEach((mean, k) => {
      expect(distance(mean, reference.means[k]!)).toBeLessThan(1e-7);
    });
  });

  it('gives the pulls of the reference', () => {
    const { pull } = columnsOf({ ...lastStep, mean: fit.mean });
    expect(distance(pull.subarray(0, reference.pull.length), reference.pull)).toBeLessThan(1e-6);
  });
});

describe('modelCovariance', () => {
  it.each(reference.families.map((family) => [family.name, family] as const))(
    'is that of the linear map from responses to sums of pulls: %s',
    (name, { model, n }) => {
      const bins = n.length;
      const bin = binsOf(context[name]!, reference.pipeline.edges[name]!);
      const crossed = sumsOf(
        inverse,
        fold.map((k, i) => k * bins + bin[i]!),
        folds * bins,
      );
      const covariance = modelCovariance(fit, crossed, bins);
      const most = Math.max(...n);
      expect(distance(covariance.to1DArray(), model.flat(), most)).toBeLessThan(1e-8);
      // Symmetric to the last bits.
      expect(distance(covariance.to1DArray(), covariance.transpose().to1DArray(), most)).toBeLessThan(1e-13);
    },
  );
});
