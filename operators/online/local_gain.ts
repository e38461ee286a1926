import { productMatrix, type HatProductsState } from '../summaries/hat_products.js';
import { sumVector, type HatSumsState } from '../summaries/hat_sums.js';

/** Sums of each block of windows, by `group = 2 block` (training events) and `2 block + 1` (validation events). */
export interface BlockSums {
  /** Σ u x x' and Σ u x y, u = s²/σ². */
  readonly products: HatProductsState;
  readonly sums: HatSumsState;
  /** s², the least variance. */
  readonly least: number;
}

/** What a mean takes off the squared pulls. */
export interface LocalGain {
  /** Validation events, each counted 1. */
  readonly n: number;
  readonly value: number;
  readonly error: number;
}

/** A block and what its events weigh. */
export type BlockWeight = readonly [block: number, weight: number];

/**
 * What the mean `after` (β₁) takes off the squared pulls of `before` (β₀), over the validation events of the blocks:
 * the sum of w [(y − x β₀)² − (y − x β₁)²] / σ² = Σ w [2 Δ'b − β₁'G β₁ + β₀'G β₀] / s² with Δ = β₁ − β₀ and the block's
 * G = Σ u x x' and b = Σ u x y. Its error is 2 √(Σ w² Δ'G Δ) / s: that of Σ w 2 x Δ (y − x β) / σ² where y has the
 * variance σ² (the weights w being fixed). Without events value and error are 0.
 * F. X. Diebold, R. S. Mariano, "Comparing predictive accuracy", J. Bus. Econ. Stat. 13 (1995) 253, for squared loss
 * and independent events of known variance.
 */
export function localGain(
  { products, sums, least }: BlockSums,
  blocks: readonly BlockWeight[],
  before: Float64Array,
  after: Float64Array,
): LocalGain {
  const { size } = products;
  let [n, value, variance] = [0, 0, 0];
  for (const [block, w] of blocks) {
    const g = productMatrix(products, 2 * block + 1);
    const v = sumVector(sums, 2 * block + 1);
    n += products.n[2 * block + 1]!;
    for (let i = 0; i < size; i++) {
      value += w * 2 * (after[i]! - before[i]!) * v[i]!;
      for (let j = 0; j < size; j++) {
        const x = g[i * size + j]!;
        value -= w * x * (after[i]! * after[j]! - before[i]! * before[j]!);
        variance += w * w * x * (after[i]! - before[i]!) * (after[j]! - before[j]!);
      }
    }
  }
  return { n, value: value / least, error: 2 * Math.sqrt(Math.max(0, variance) / least) };
}

/** A gain in units of its error; 0 where nothing is known. */
export const sigmaOfGain = ({ value, error }: LocalGain): number => (error > 0 ? value / error : 0);

export const localGainWords = (gain: LocalGain): string =>
  `squared pulls of ${gain.n} validation events ${gain.value < 0 ? 'raised' : 'lessened'} by ${Math.abs(gain.value).toFixed(1)} ± ${gain.error.toFixed(1)} (${sigmaOfGain(gain).toFixed(1)} sigma)`;
