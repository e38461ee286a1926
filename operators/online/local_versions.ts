import { Matrix } from 'ml-matrix';
import { pow } from '../expressions/math/pow.js';
import type { LocalBasis } from '../locality/basis.js';
import { fitMean, normalMatrix } from '../locality/local_fit.js';
import { normal } from '../random/normal.js';
import { contentHash } from '../summaries/codec.js';
import { productMatrix } from '../summaries/hat_products.js';
import { sumVector } from '../summaries/hat_sums.js';
import { localGain, localGainWords, sigmaOfGain, type BlockSums, type BlockWeight } from './local_gain.js';
import { LEAST_WEIGHT, type MemoryConfig } from './memory.js';

export interface LocalBlocks extends BlockSums {
  readonly basis: LocalBasis;
  /** u = s²/σ² at each basis function. */
  readonly weights: Float64Array | null;
  readonly blocks: number;
}

export interface LocalVersionEvent {
  /** The block at whose end it was decided; it holds from the next one on. */
  readonly block: number;
  readonly kind: 'fitted' | 'accepted' | 'rolled back' | 'kept';
  /** The version in effect from the next block on. */
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
/** A trial waits for so many validation events. */
const TRIAL_EVENTS = 100;

/**
 * Versions of the mean of the learned local model as blocks of windows close: refitted from the summed normal equations
 * of the training events in memory, with the variance and the winsorisation of the first block; `memory` counts blocks.
 * A challenger takes effect if it beats the version in effect on the validation events in memory, and on those of the
 * newest block alone, so that one bad block is not fitted again and again as long as it is remembered. It stays if it
 * wins again on the next 100 validation events or more, which came after its training; else it is rolled back, and the
 * next challenger may follow at once. Gains and their errors: local_gain.ts. A version is named by the hash of its
 * coefficients. Pure function of merged sums. There must be one block at least; one without events changes nothing.
 * Over 10 blocks without change a new version was accepted in 1 to 4 % of toys.
 */
export function localVersions(data: LocalBlocks, memory: MemoryConfig): LocalVersions {
  let current = named(refit(data, memory, 0));
  let trial: { readonly previous: typeof current; readonly later: BlockWeight[] } | null = null;
  const [mean, version, events]: [Float64Array[], string[], LocalVersionEvent[]] = [[], [], []];
  const tell = (kind: LocalVersionEvent['kind'], reason: string): void => {
    events.push({ block: mean.length - 1, kind, version: current.version, reason });
  };
  for (let block = 0; block < data.blocks; block++) {
    mean.push(current.mean);
    version.push(current.version);
    if (block === 0) {
      tell('fitted', 'first version');
      continue;
    }
    if (trial) {
      trial.later.push([block, 1]);
      const gain = localGain(data, trial.later, trial.previous.mean, current.mean);
      if (gain.n < TRIAL_EVENTS) {
        tell('kept', `in trial: ${gain.n} validation events came later, ${TRIAL_EVENTS} are wanted`);
        continue;
      }
      const won = sigmaOfGain(gain) >= normal(1 - LEVEL.trial);
      if (!won) current = trial.previous;
      trial = null;
      tell(won ? 'accepted' : 'rolled back', `${localGainWords(gain)} that came later`);
      if (won) continue;
    }
    const challenger = refit(data, memory, block);
    const gain = localGain(data, remembered(memory, block), current.mean, challenger);
    const newest = localGain(data, [[block, 1]], current.mean, challenger);
    const words = `${localGainWords(gain)} in memory`;
    if (sigmaOfGain(gain) < normal(1 - LEVEL.challenge)) {
      tell('kept', words);
    } else if (sigmaOfGain(newest) < normal(1 - LEVEL.trial)) {
      tell('kept', `${words}, but ${sigmaOfGain(newest).toFixed(1)} sigma in the newest windows`);
    } else {
      trial = { previous: current, later: [] };
      current = named(challenger);
      tell('fitted', words);
    }
  }
  return { mean, version, events };
}

const named = (mean: Float64Array) => ({ mean, version: contentHash({ mean }) });

/** Blocks in memory at the end of a block, with their weights, oldest first. */
function remembered(memory: MemoryConfig, block: number): BlockWeight[] {
  const all = [...Array(block + 1).keys()];
  if (memory.kind === 'cumulative') return all.map((b) => [b, 1]);
  if (memory.kind === 'sliding') return all.filter((b) => b > block - memory.windows).map((b) => [b, 1]);
  const { windows, least = LEAST_WEIGHT } = memory;
  return all.map((b) => [b, pow(2, -(block - b) / windows)] as const).filter(([, weight]) => weight >= least);
}

function refit({ basis, products, sums, weights }: LocalBlocks, memory: MemoryConfig, block: number): Float64Array {
  const { size } = products;
  const matrix = normalMatrix(basis, products, [], weights);
  const vector = new Float64Array(size);
  for (const [b, weight] of remembered(memory, block)) {
    matrix.add(Matrix.from1DArray(size, size, productMatrix(products, 2 * b)).mul(weight));
    sumVector(sums, 2 * b).forEach((x, a) => (vector[a]! += weight * x));
  }
  return fitMean(matrix, vector);
}
