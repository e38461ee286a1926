import { localVersions, type LocalVersions } from '../operators/online/local_versions.js';
import { functionWeights } from '../operators/locality/local_fit.js';
import type { LocalStep } from '../operators/locality/local_rows.js';
import type { HatProductsState } from '../operators/summaries/hat_products.js';
import type { HatSumsState } from '../operators/summaries/hat_sums.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { eventsSeen, learnLocal, NO_WIDTH, type RunPass } from './learn_local.js';
import { featureEntries, hatEntries, windowPull } from './local_entries.js';
import { continuousFeatures } from './local_formulas.js';
import { memoryOf } from './memory_of.js';
import { BLOCK_SPLIT, localColumn, WEIGHTED_RESPONSE, type LocalPass } from './local_pass.js';
import { stateOf } from './report/pages.js';
import type { MomentsState } from '../operators/summaries/moments.js';

/** The local model as it was refitted while windows closed, and the pulls of each window against its version. */
export interface LocalOnline {
  /** Index of the first window of each block. */
  readonly starts: readonly number[];
  readonly versions: LocalVersions;
  readonly pulls: MomentsState;
}

/** More blocks are not kept apart: each has a matrix of its own. */
const MAX_BLOCKS = 40;
const MIN_EVENTS = 1000;

/**
 * Refits the local model after the first `learn` windows and then after every `every`: the windows up to a refit are a
 * block, and the memory counts blocks. Basis, variance and winsorisation are learned in the first one. Or why not.
 */
export async function refitLocal(
  pipeline: Pipeline,
  regimes: number,
  core: { readonly median: number; readonly sigma68: number },
  windows: Float64Array,
  base: LocalPass,
  run: RunPass,
): Promise<LocalOnline | { readonly reason: string }> {
  const { learn, every, memory } = pipeline.online!;
  const starts = windows.length <= learn ? [] : [0];
  for (let w = learn; w < windows.length; w += every) starts.push(w);
  if (starts.length < 2) return { reason: `${windows.length} of the ${learn + 1} windows that are needed` };
  if (starts.length > MAX_BLOCKS) {
    return { reason: `${starts.length} refits, ${MAX_BLOCKS} at most; give a larger online.every` };
  }
  const early: LocalPass = { ...base, before: windows[learn]! };
  const features = await run(featureEntries(pipeline, continuousFeatures(pipeline)), early);
  const seen = eventsSeen(features);
  if (seen < MIN_EVENTS) return { reason: `${seen} of the ${MIN_EVENTS} events that are needed before the first fit` };
  const first = await learnLocal(pipeline, features, core, [], early, run);
  if (first === null) return { reason: `${NO_WIDTH} before the first fit` };
  const { basis, clip, variance } = first.step;
  const step: LocalStep = { basis, clip, variance: variance! };
  const blocks = Float64Array.from(starts, (w) => windows[w]!);
  const groups = 2 * blocks.length + 1;
  const sums = await run(hatEntries(basis, groups, BLOCK_SPLIT, localColumn('weight'), WEIGHTED_RESPONSE), {
    ...base,
    blocks,
    step,
  });
  const versions = localVersions(
    {
      basis,
      products: stateOf<HatProductsState>(sums, 'products'),
      sums: stateOf<HatSumsState>(sums, 'sums'),
      weights: functionWeights(variance, 1),
      least: variance!.reduce((a, b) => Math.min(a, b)),
      blocks: blocks.length,
    },
    memoryOf(memory, every),
  );
  const judged: LocalPass = { ...base, blocks, windows, step: { ...step, mean: versions.mean } };
  const book = await run([windowPull(windows.length * regimes, 'learned')], judged);
  return { starts, versions, pulls: stateOf<MomentsState>(book, 'window:pull') };
}
