import {
  basisSize,
  basisTerms,
  evaluateHats,
  fillHats,
  hatRows,
  type LocalBasis,
} from '../../../operators/locality/basis.js';
import { functionWeights } from '../../../operators/locality/local_fit.js';
import { fillLocal, localColumns } from '../../../operators/locality/local_rows.js';
import type { LocalBlocks } from '../../../operators/online/local_versions.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import { hatProducts, type HatProductsConfig } from '../../../operators/summaries/hat_products.js';
import { hatSums } from '../../../operators/summaries/hat_sums.js';

/** Events with one object each, their split (0 train, 1 validation, 2 test) and the block of windows they are in. */
export interface BlockEvents {
  readonly pt: Float64Array;
  readonly y: Float64Array;
  readonly split: Uint8Array;
  readonly block: Uint16Array;
}

export const BASIS: LocalBasis = { objects: 1, features: [{ name: 'pt', knots: [20, 40, 80, 160] }], categories: [] };
/** One function that is 1 everywhere: its mean is the mean of y. */
export const CONSTANT: LocalBasis = { objects: 1, features: [{ name: 'pt', knots: [20] }], categories: [] };

/** Coefficients of the variance, and the truth that `draw` draws from. */
const VARIANCE = [1, 1.5, 2.5, 4].map((s) => (0.02 * s) ** 2);
const MEAN = [-0.004, -0.002, 0.001, 0.006];

export interface Drawn {
  readonly seed?: number;
  readonly blocks?: number;
  /** Of each block, or of each in turn. */
  readonly events?: number | readonly number[];
  /** Added to y. */
  readonly shift?: (block: number, split: number) => number;
}

export function draw({ seed = 1, blocks = 8, events = 1000, shift = () => 0 }: Drawn): BlockEvents {
  const sizes = Array.from({ length: blocks }, (_, b) => (typeof events === 'number' ? events : events[b]!));
  const total = sizes.reduce((sum, n) => sum + n, 0);
  const block = Uint16Array.from(sizes.flatMap((n, b) => Array<number>(n).fill(b)));
  const [pt, y] = [new Float64Array(total), new Float64Array(total)];
  const split = new Uint8Array(total);
  const words = new Uint32Array(4);
  for (let i = 0; i < total; i++) {
    philox(i, 0, 0, 0, seed, 0, words);
    const u = uniform(words[0]!, words[1]!);
    split[i] = u < 0.7 ? 0 : u < 0.85 ? 1 : 2;
    pt[i] = 20 + 140 * uniform(words[2]!, words[3]!) ** 2;
    philox(i, 1, 0, 0, seed, 0, words);
    y[i] = normal(uniform(words[0]!, words[1]!));
  }
  const [mean, variance] = [MEAN, VARIANCE].map((shape) => evaluated(BASIS, pt, Float64Array.from(shape)));
  for (let i = 0; i < total; i++) {
    y[i] = mean![i]! + Math.sqrt(variance![i]!) * y[i]! + shift(block[i]!, split[i]!);
  }
  return { pt, y, split, block };
}

/** A function of the basis at each event. */
export function evaluated(basis: LocalBasis, pt: Float64Array, coefficients: Float64Array): Float64Array {
  const out = new Float64Array(pt.length);
  const hats = hatRows(basis, pt.length);
  fillHats(basis, [new Map([['pt', pt]])], pt.length, hats);
  evaluateHats(hats, coefficients, pt.length, out);
  return out;
}

export const varianceOf = (basis: LocalBasis): Float64Array =>
  Float64Array.from(basisSize(basis) === 1 ? [0.04 ** 2] : VARIANCE);

const WIDE = { low: -100, high: 100 };

/** The sums of the events, each given to one of the `parts` and these merged in the order that `order` says. */
export function blocksOf(
  { pt, y, split, block }: BlockEvents,
  basis: LocalBasis = BASIS,
  partOf: (i: number) => number = () => 0,
  order: readonly number[] = [0],
): LocalBlocks {
  const blocks = block.reduce((most, b) => Math.max(most, b + 1), 0);
  const variance = varianceOf(basis);
  const config: HatProductsConfig = { size: basisSize(basis), terms: basisTerms(basis), groups: 2 * blocks + 1 };
  const [products, sums] = [hatProducts.create(config), hatSums.create(config)];
  for (const part of order) {
    const index = [...pt.keys()].filter((i) => partOf(i) === part);
    const length = index.length;
    const pick = (x: Float64Array): Float64Array => Float64Array.from(index, (i) => x[i]!);
    const hats = hatRows(basis, length);
    fillHats(basis, [new Map([['pt', pick(pt)]])], length, hats);
    const local = localColumns(length);
    fillLocal({ basis, clip: WIDE, variance }, hats, pick(y), new Uint16Array(length), length, local);
    const group = Uint16Array.from(index, (i) => (split[i]! < 2 ? 2 * block[i]! + split[i]! : 2 * blocks));
    const [ownProducts, ownSums] = [hatProducts.create(config), hatSums.create(config)];
    const terms = [...hats.index, ...hats.value];
    const weighted = local.weight.map((u, i) => u * local.y[i]!);
    hatProducts.fill(ownProducts, { length, columns: [...terms, local.weight], group, weight: null });
    hatSums.fill(ownSums, { length, columns: [...terms, weighted], group, weight: null });
    hatProducts.merge(products, ownProducts);
    hatSums.merge(sums, ownSums);
  }
  hatProducts.settle(products);
  hatSums.settle(sums);
  const least = variance.reduce((a, b) => Math.min(a, b));
  return { basis, products, sums, weights: functionWeights(variance, 1), least, blocks };
}
