import { assignRegimes } from '../operators/regimes/assign.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import { SPLITS } from '../operators/split.js';
import type { BookRows } from '../operators/summaries/book.js';
import { cutWeights } from '../operators/summaries/tally.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { binOf, DELTA, DISTANCE, REGIME, REGIME_SPLIT, reportEdges, SPLIT } from './observations.js';
import { WEIGHT } from './pipeline_plan.js';
import type { SkimChunk } from './skim.js';

/** Rows of the first pass: no regime is known. */
export function surveyRows({ length, columns, split }: SkimChunk): BookRows {
  return { length, columns, groups: new Map([[SPLIT, Uint16Array.from(split)]]), weight: null };
}

/** Rows of the later passes: the response, the regime and the bins of the context are computed from the skim. */
export function observeRows(pipeline: Pipeline, map: RegimeMap, chunk: SkimChunk): BookRows {
  const { length: n, columns: kept, split } = chunk;
  const columns = new Map(kept);
  const groups = new Map<string, Uint16Array>([[SPLIT, Uint16Array.from(split)]]);
  const regime = new Uint16Array(n);
  const distance = new Float64Array(n);
  assignRegimes(
    map,
    map.variables.map((name) => kept.get(name)!),
    n,
    regime,
    distance,
  );
  columns.set(DISTANCE, distance);
  groups.set(REGIME, regime);
  const regimeSplit = new Uint16Array(n);
  for (let i = 0; i < n; i++) regimeSplit[i] = regime[i]! * SPLITS.length + split[i]!;
  groups.set(REGIME_SPLIT, regimeSplit);
  if (pipeline.response) {
    const reco = kept.get(pipeline.response.reco)!;
    const truth = kept.get(pipeline.response.truth)!;
    const delta = new Float64Array(n);
    for (let i = 0; i < n; i++) delta[i] = (reco[i]! - truth[i]!) / truth[i]!;
    columns.set(DELTA, delta);
    for (const [name, variable] of Object.entries(pipeline.context)) {
      groups.set(binOf(name), binsBetween(reportEdges(variable), kept.get(name)!, n));
    }
  }
  const weight = kept.get(WEIGHT);
  return { length: n, columns, groups, weight: weight === undefined ? null : cutWeights(weight) };
}

/** 0 below the first edge, i for edges[i − 1] ≤ x < edges[i], edges.length at and above the last. */
function binsBetween(edges: readonly number[], x: Float64Array, n: number): Uint16Array {
  const bins = new Uint16Array(n);
  for (const edge of edges) for (let i = 0; i < n; i++) bins[i]! += x[i]! >= edge ? 1 : 0;
  return bins;
}
