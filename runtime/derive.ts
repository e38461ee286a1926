import { assignRegimes } from '../operators/regimes/assign.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import { SPLITS } from '../operators/split.js';
import type { BookRows } from '../operators/summaries/book.js';
import type { Pipeline } from '../schemas/pipeline.js';
import {
  binOf,
  contextUnit,
  DELTA,
  DISTANCE,
  REGIME,
  REGIME_SPLIT,
  reportEdges,
  scaled,
  SPLIT,
} from './observations.js';
import { WEIGHT } from './pipeline_plan.js';
import type { SkimChunk } from './skim.js';

/** Rows of the first pass: no regime is known. */
export function surveyRows(pipeline: Pipeline, { length, columns: kept, split }: SkimChunk): BookRows {
  const columns = new Map(kept);
  for (const [name, variable] of Object.entries(pipeline.context)) {
    columns.set(scaled(name), divided(kept.get(name)!, contextUnit(variable), length));
  }
  return { length, columns, groups: new Map([[SPLIT, new Uint16Array(split)]]), weight: null };
}

/**
 * Makes the rows of the later passes: response, regime and bins of the context, computed from the skim into columns
 * that are used again for the next chunk. With `only` no weights, and of regimes and bins just those of these names.
 */
export function rowMaker(
  pipeline: Pipeline,
  map: RegimeMap,
  only?: ReadonlySet<string>,
): (chunk: SkimChunk) => BookRows {
  const wanted = (...names: string[]): boolean => only === undefined || names.some((name) => only.has(name));
  const { response } = pipeline;
  const doubles = new Map<string, Float64Array>();
  const groups = new Map<string, Uint16Array>();
  const double = (name: string, length: number): Float64Array => take(doubles, name, length, Float64Array);
  const group = (name: string, length: number): Uint16Array => take(groups, name, length, Uint16Array);
  const binned = response
    ? Object.entries(pipeline.context).map(([name, variable]) => [name, edgeTable(reportEdges(variable))] as const)
    : [];

  return ({ length: n, columns: kept, split }) => {
    const columns = new Map(kept);
    group(SPLIT, n).set(split);
    if (wanted(REGIME, REGIME_SPLIT, DISTANCE)) {
      const regime = group(REGIME, n);
      const distance = double(DISTANCE, n);
      assignRegimes(
        map,
        map.variables.map((name) => kept.get(name)!),
        n,
        regime,
        distance,
      );
      columns.set(DISTANCE, distance);
      joinGroups(regime, split, n, group(REGIME_SPLIT, n));
    }
    if (response) {
      const delta = double(DELTA, n);
      respond(kept.get(response.reco)!, kept.get(response.truth)!, n, delta);
      columns.set(DELTA, delta);
      for (const [name, edges] of binned) {
        if (wanted(binOf(name))) binsBetween(edges, kept.get(name)!, n, group(binOf(name), n));
      }
    }
    const weight = only === undefined ? kept.get(WEIGHT) : undefined;
    return { length: n, columns, groups, weight: weight ?? null };
  };
}

export function divided(x: Float64Array, unit: number, length: number): Float64Array {
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = x[i]! / unit;
  return out;
}

/** The column of this name, made longer if need be. */
function take<T extends Float64Array | Uint16Array>(
  columns: Map<string, T>,
  name: string,
  length: number,
  Kind: new (length: number) => T,
): T {
  const known = columns.get(name);
  if (known !== undefined && known.length >= length) return known;
  const made = new Kind(length);
  columns.set(name, made);
  return made;
}

function joinGroups(regime: Uint16Array, split: Uint8Array, n: number, out: Uint16Array): void {
  for (let i = 0; i < n; i++) out[i] = regime[i]! * SPLITS.length + split[i]!;
}

/** δ = (reco − truth) / truth of every event. */
export function respond(reco: Float64Array, truth: Float64Array, n: number, delta: Float64Array): void {
  for (let i = 0; i < n; i++) delta[i] = (reco[i]! - truth[i]!) / truth[i]!;
}

const CELLS = 1024;

/** Edges with a table of where to start looking: for each of 1024 equal cells a bin at or below the right one. */
interface EdgeTable {
  readonly edges: Float64Array;
  readonly scale: number;
  readonly start: Uint16Array;
}

function edgeTable(edges: readonly number[]): EdgeTable {
  const low = edges[0]!;
  const width = (edges.at(-1)! - low) / CELLS;
  const below = (x: number): number => edges.filter((edge) => edge <= x).length;
  // One cell back, so that rounding at a cell's edge does no harm.
  const start = Uint16Array.from({ length: CELLS + 1 }, (_, cell) => below(low + (cell - 1) * width));
  return { edges: Float64Array.from(edges), scale: 1 / width, start };
}

/** 0 below the first edge, i for edges[i − 1] ≤ x < edges[i], edges.length at and above the last. */
function binsBetween({ edges, scale, start }: EdgeTable, x: Float64Array, n: number, out: Uint16Array): void {
  const count = edges.length;
  const low = edges[0]!;
  const high = edges[count - 1]!;
  for (let i = 0; i < n; i++) {
    const xi = x[i]!;
    let bin = 0;
    if (xi >= high) bin = count;
    else if (xi >= low) {
      bin = start[Math.floor((xi - low) * scale)]!;
      while (xi >= edges[bin]!) bin++;
    }
    out[i] = bin;
  }
}
