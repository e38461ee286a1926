import { Matrix } from 'ml-matrix';
import { pow } from '../expressions/math/pow.js';
import type { LocalBasis } from '../locality/basis.js';
import { fitMean, normalMatrix } from '../locality/local_fit.js';
import { normal } from '../random/normal.js';
import { contentHash } from '../summaries/codec.js';
import { productMatrix, type HatProductsState } from '../summaries/hat_products.js';
import { sumVector, type HatSumsState } from '../summaries/hat_sums.js';
import type { MemoryConfig } from './memory.js';

/** Sums of each block of windows, by `group = 2 block` (training events) and `2 block + 1` (validation events). */
export interface LocalBlocks {
  readonly basis: LocalBasis;
  /** Σ s²/σ² x x' and Σ s²/σ² x y. */
  readonly products: HatProductsState;
  readonly sums: HatSumsState;
  /** s²/σ² at each basis function, and s². */
  readonly weights: Float64Array | null;
  readonly least: number;
  readonly blocks: number;
}

export interface LocalVersionEvent {
  /** The block at whose end it was decided; it holds from the next one on. */
  readonly block: number;
  readonly kind: 'fitted' | 'accepted' | 'rolled back' | 'kept';
  readonly version: string;
  readonly reason: string;
}

export interface LocalVersions {
  /** Coefficients of the mean in effect in each block. The first block is judged by what was learned from it. */
  readonly mean: readonly Float64Array[];
  readonly version: readonly string[];
  readonly events: readonly LocalVersionEvent[];
}

/** Chance, one-sided, to challenge a version with one that is no better, and to take it for better afterwards. */
const LEVEL = { challenge: 0.01, trial: 0.05 };

/**
 * Versions of the mean of the learned local model as blocks of windows close: refitted from the summed normal equations
 * of the blocks in memory, with the variance and the winsorisation of the first block. A challenger must beat the
 * version in effect on the validation events in memory, and then on those of the next block, which came after its
 * training; else it is rolled back. With Δβ the difference and G the validation matrix, the loss Σ s²/σ² (y − x β)²
 * falls by L = 2 Δβ'b − β₁'Gβ₁ + β₀'Gβ₀, with the error 2 s √(Δβ'GΔβ). Pure function of merged sums.
 */
export function localVersions(data: LocalBlocks, memory: MemoryConfig): LocalVersions {
  const first = fit(data, memory, 0);
  let current = { mean: first, version: contentHash({ mean: first }) };
  let trial: { previous: typeof current } | null = null;
  const out: { mean: Float64Array[]; version: string[]; events: LocalVersionEvent[] } = {
    mean: [],
    version: [],
    events: [],
  };
  const tell = (block: number, kind: LocalVersionEvent['kind'], reason: string): void => {
    out.events.push({ block, kind, version: current.version, reason });
  };
  for (let block = 0; block < data.blocks; block++) {
    out.mean.push(current.mean);
    out.version.push(current.version);
    if (block === 0) {
      tell(0, 'fitted', 'first version');
      continue;
    }
    if (trial) {
      const result = gain(data, [block], trial.previous.mean, current.mean);
      const won = result.sigma >= normal(1 - LEVEL.trial);
      const words = `${result.words} on the validation events that came later`;
      if (!won) current = trial.previous;
      tell(block, won ? 'accepted' : 'rolled back', words);
      trial = null;
      continue;
    }
    const mean = fit(data, memory, block);
    const result = gain(
      data,
      remembered(memory, block).map(([b]) => b),
      current.mean,
      mean,
    );
    if (result.sigma < normal(1 - LEVEL.challenge)) {
      tell(block, 'kept', `${result.words} on the validation events in memory`);
      continue;
    }
    trial = { previous: current };
    current = { mean, version: contentHash({ mean }) };
    tell(block, 'fitted', `${result.words} on the validation events in memory`);
  }
  return out;
}

/** Blocks in memory at the end of a block, with their weights. */
function remembered(memory: MemoryConfig, block: number): [block: number, weight: number][] {
  const all = [...Array(block + 1).keys()];
  if (memory.kind === 'cumulative') return all.map((b) => [b, 1]);
  if (memory.kind === 'sliding') return all.filter((b) => b > block - memory.windows).map((b) => [b, 1]);
  return all.map((b) => [b, pow(2, -(block - b) / memory.windows)]);
}

function fit({ basis, products, sums, weights }: LocalBlocks, memory: MemoryConfig, block: number): Float64Array {
  const { size } = products;
  const matrix = normalMatrix(basis, products, [], weights);
  const vector = new Float64Array(size);
  for (const [b, weight] of remembered(memory, block)) {
    matrix.add(Matrix.from1DArray(size, size, productMatrix(products, 2 * b)).mul(weight));
    sumVector(sums, 2 * b).forEach((x, a) => (vector[a]! += weight * x));
  }
  return fitMean(matrix, vector);
}

/** What the second of two means takes off the loss on the validation events of the blocks. */
function gain(
  { products, sums, least }: LocalBlocks,
  blocks: readonly number[],
  before: Float64Array,
  after: Float64Array,
): { sigma: number; words: string } {
  const { size } = products;
  let [value, variance] = [0, 0];
  for (const b of blocks) {
    const g = productMatrix(products, 2 * b + 1);
    const v = sumVector(sums, 2 * b + 1);
    for (let i = 0; i < size; i++) {
      value += 2 * (after[i]! - before[i]!) * v[i]!;
      for (let j = 0; j < size; j++) {
        const x = g[i * size + j]!;
        value -= x * (after[i]! * after[j]! - before[i]! * before[j]!);
        variance += x * (after[i]! - before[i]!) * (after[j]! - before[j]!);
      }
    }
  }
  const sigma = variance > 0 ? value / (2 * Math.sqrt(least * variance)) : 0;
  return { sigma, words: `squared pulls lessened by ${(value / least).toFixed(1)} (${sigma.toFixed(1)} sigma)` };
}
