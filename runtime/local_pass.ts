import { compile } from '../operators/expressions/evaluate.js';
import { hashKey } from '../operators/hash.js';
import { fillHats, hatRows, basisTerms, type HatRows } from '../operators/locality/basis.js';
import {
  fillLocal,
  localColumns,
  multiply,
  type LocalColumns,
  type LocalName,
  type LocalStep,
} from '../operators/locality/local_rows.js';
import { wrongSample } from '../operators/problem.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import type { BookRows, Entry } from '../operators/summaries/book.js';
import type { Pipeline } from '../schemas/pipeline.js';
import type { CoreBounds } from './core_bounds.js';
import { divided, rowMaker } from './derive.js';
import { DECLARED_BIAS, DECLARED_SIGMA, declaredFormulas, featureColumn } from './local_formulas.js';
import { binOf, contextUnit, DELTA, REGIME, reportEdges, scaled, slotOf, WINDOW_REGIME } from './observations.js';
import { evaluatedBy, WINDOW } from './pipeline_plan.js';
import { filterChunk, type SkimChunk } from './skim.js';

/** What one pass of the local analysis looks at. Plain data, so that it can be sent to a worker thread. */
export interface LocalPass {
  /** Events whose hash is below this are taken, of 2^32. */
  readonly below: number;
  readonly folds: number;
  /** null: no basis is evaluated. */
  readonly step: LocalStep | null;
  /** Bounds of the core of the response, by regime. */
  readonly core: CoreBounds;
  readonly declared: boolean;
  /** Numbers of the windows, rising; null: no windows. */
  readonly windows: Float64Array | null;
  /** Only events of windows with a number below this; default all. */
  readonly before?: number;
  /** First windows of the blocks after which models are refitted. Means of the step are then by block, not by fold. */
  readonly blocks?: Float64Array;
}

/** Seeds of the hashes that choose events and folds, apart from those of the split. */
const CHOOSE = 0x5eed_0001;
const FOLD_SEED = 0x5eed_0002;

export const FOLD = 'fold';
/** 2 block for training, 2 block + 1 for validation, and one more group for the test events. */
export const BLOCK_SPLIT = 'block × split';
export const CORE = '(core of delta)';
export const foldBinOf = (family: string): string => `fold × ${family}`;
export const hatIndex = (t: number): string => `(hat ${t})`;
export const hatValue = (t: number): string => `(hat value ${t})`;
export const localColumn = (name: keyof LocalColumns): string => `(local ${name})`;
export const WEIGHTED_RESPONSE = '(local weight × y)';
export const WEIGHTED_SQUARE = '(local weight² × squared)';
export const declaredColumn = (name: 'pull' | 'squared' | 'residual'): string => `(declared ${name})`;
/** The square of the pull, whose own second moment gives the error of a width. */
export const PULL_SQUARED = '(local pull²)';

/** Columns of the skim that these passes need besides the ones of every pass. */
export const featureColumns = ({ objects = [] }: Pipeline): string[] => [
  ...new Set(objects.flatMap((features) => Object.values(features).map(featureColumn))),
];

/** Makes the rows of a local pass from the skim. */
export function localRowMaker(
  pipeline: Pipeline,
  map: RegimeMap,
  pass: LocalPass,
  entries: readonly Entry[],
): (chunk: SkimChunk) => BookRows {
  const wanted = neededBy(pipeline, entries, pass.windows !== null);
  const rows = rowMaker(pipeline, map, wanted);
  const { step, folds, windows } = pass;
  const declared = pass.declared ? declaredFormulas(pipeline, (path) => path.join('.')) : null;
  const evaluate = declared && compile(declared, [...declared.keys()], [...declared.keys()], evaluatedBy(pipeline));
  const families = [
    ...Object.entries(pipeline.context).map(([name, v]) => [binOf(name), reportEdges(v).length + 1] as const),
    [REGIME, map.centroids.length] as const,
  ];
  const folded =
    (step?.mean?.length ?? 0) > 1 || wanted.has(FOLD) || families.some(([family]) => wanted.has(foldBinOf(family)));
  const needed = localNeeds(wanted);
  let hats: HatRows | null = null;
  let local = localColumns(0);
  let room = 0;

  return (whole) => {
    const chunk = pass.before === undefined ? whole : upTo(whole, pass.before);
    const { length: n } = chunk;
    const made = rows(chunk);
    const columns = new Map(made.columns);
    const groups = new Map(made.groups);
    if (n > room) {
      room = n;
      local = localColumns(n);
      if (step) hats = hatRows(step.basis, n);
    }
    const fold = folded ? foldsOf(chunk, folds) : new Uint16Array(0);
    groups.set(FOLD, fold);
    for (const [family, bins] of families) {
      if (wanted.has(foldBinOf(family))) groups.set(foldBinOf(family), join(fold, groups.get(family)!, bins, n));
    }
    for (const [name, variable] of Object.entries(pipeline.context)) {
      if (wanted.has(slotOf(name))) groups.set(slotOf(name), slots(columns.get(name)!, variable.bins, n));
      if (wanted.has(scaled(name))) columns.set(scaled(name), divided(columns.get(name)!, contextUnit(variable), n));
    }
    if (windows) {
      const window = columns.get(WINDOW)!;
      const count = map.centroids.length;
      groups.set(WINDOW_REGIME, join(indices(windows, window, n), groups.get(REGIME)!, count, n));
    }
    const delta = columns.get(DELTA)!;
    if (wanted.has(CORE)) columns.set(CORE, clipped(delta, groups.get(REGIME)!, pass.core, n));
    let by: Uint16Array = fold;
    if (pass.blocks) {
      by = blocksOf(pass.blocks, columns.get(WINDOW)!, n);
      groups.set(BLOCK_SPLIT, blockSplits(by, chunk.split, pass.blocks.length, n));
    }
    if (step && hats) addLocal(step, hats, local, pipeline, chunk, delta, by, columns, wanted, needed);
    if (evaluate) addDeclared(evaluate(columns, n), delta, chunk.position, n, columns);
    return { length: n, columns, groups, weight: null };
  };
}

/** Of which products columns of the local model are wanted, besides by themselves. */
const FACTORS: Readonly<Record<string, readonly LocalName[]>> = {
  [WEIGHTED_RESPONSE]: ['weight', 'y'],
  [WEIGHTED_SQUARE]: ['weightSquared', 'squared'],
  [PULL_SQUARED]: ['pull'],
};

const localNeeds = (wanted: ReadonlySet<string>): ReadonlySet<LocalName> =>
  new Set([
    ...(Object.keys(localColumns(0)) as LocalName[]).filter((name) => wanted.has(localColumn(name))),
    ...Object.entries(FACTORS).flatMap(([product, factors]) => (wanted.has(product) ? factors : [])),
  ]);

function foldsOf({ length, keyLo, keyHi }: SkimChunk, folds: number): Uint16Array {
  const fold = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    fold[i] = Math.floor((hashKey(FOLD_SEED, keyLo[i]!, keyHi[i]!) * folds) / 2 ** 32);
  }
  return fold;
}

function upTo(chunk: SkimChunk, before: number): SkimChunk {
  const window = chunk.columns.get(WINDOW)!;
  return filterChunk(
    chunk,
    Uint8Array.from({ length: chunk.length }, (_, i) => Number(window[i]! < before)),
  );
}

/** The last block that begins at or before the window. */
function blocksOf(starts: Float64Array, window: Float64Array, n: number): Uint16Array {
  const out = new Uint16Array(n);
  for (let i = 0; i < n; i++) {
    let block = 0;
    while (block + 1 < starts.length && starts[block + 1]! <= window[i]!) block++;
    out[i] = block;
  }
  return out;
}

function blockSplits(block: Uint16Array, split: Uint8Array, blocks: number, n: number): Uint16Array {
  const out = new Uint16Array(n);
  for (let i = 0; i < n; i++) out[i] = split[i]! < 2 ? 2 * block[i]! + split[i]! : 2 * blocks;
  return out;
}

/** Columns and groups that the entries of a pass read, and what these are made of. */
function neededBy(pipeline: Pipeline, entries: readonly Entry[], windows: boolean): ReadonlySet<string> {
  const names = new Set(entries.flatMap(({ columns, group }) => [...columns, ...(group === null ? [] : [group])]));
  for (const family of [REGIME, ...Object.keys(pipeline.context).map(binOf)]) {
    if (names.has(foldBinOf(family))) names.add(family);
  }
  if (windows || names.has(CORE)) names.add(REGIME);
  return names;
}

/** The events of a chunk that take part. */
export function chooseEvents(chunk: SkimChunk, below: number): SkimChunk {
  if (below >= 2 ** 32) return chunk;
  const keep = new Uint8Array(chunk.length);
  for (let i = 0; i < chunk.length; i++) {
    keep[i] = hashKey(CHOOSE, chunk.keyLo[i]!, chunk.keyHi[i]!) < below ? 1 : 0;
  }
  return filterChunk(chunk, keep);
}

function join(first: Uint16Array, second: Uint16Array, count: number, n: number): Uint16Array {
  const out = new Uint16Array(n);
  for (let i = 0; i < n; i++) out[i] = first[i]! * count + second[i]!;
  return out;
}

/** 0 below the bins, i + 1 in bin i, bins + 1 above. */
function slots(x: Float64Array, [bins, low, high]: readonly [number, number, number], n: number): Uint16Array {
  const out = new Uint16Array(n);
  const scale = bins / (high - low);
  for (let i = 0; i < n; i++) {
    const t = (x[i]! - low) * scale;
    out[i] = t < 0 ? 0 : t >= bins ? bins + 1 : Math.floor(t) + 1;
  }
  return out;
}

function indices(values: Float64Array, x: Float64Array, n: number): Uint16Array {
  const at = new Map([...values].map((value, i) => [value, i]));
  const out = new Uint16Array(n);
  for (let i = 0; i < n; i++) out[i] = at.get(x[i]! + 0)!;
  return out;
}

function clipped(delta: Float64Array, regime: Uint16Array, { low, high }: CoreBounds, n: number): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const r = regime[i]!;
    out[i] = Math.min(high[r]!, Math.max(low[r]!, delta[i]!));
  }
  return out;
}

function addLocal(
  step: LocalStep,
  hats: HatRows,
  local: LocalColumns,
  { objects = [] }: Pipeline,
  { length: n, columns: kept }: SkimChunk,
  delta: Float64Array,
  fold: Uint16Array,
  columns: Map<string, Float64Array>,
  wanted: ReadonlySet<string>,
  needed: ReadonlySet<LocalName>,
): void {
  const features = objects.map(
    (object) => new Map(Object.entries(object).map(([name, text]) => [name, kept.get(featureColumn(text))!])),
  );
  fillHats(step.basis, features, n, hats);
  fillLocal(step, hats, delta, fold, n, local, needed);
  for (let t = 0; t < basisTerms(step.basis); t++) {
    columns.set(hatIndex(t), hats.index[t]!);
    columns.set(hatValue(t), hats.value[t]!);
  }
  for (const [name, column] of Object.entries(local)) columns.set(`(local ${name})`, column as Float64Array);
  const offer = (name: string, a: Float64Array, b: Float64Array): void => {
    if (wanted.has(name)) columns.set(name, product(a, b, n));
  };
  offer(WEIGHTED_RESPONSE, local.weight, local.y);
  offer(WEIGHTED_SQUARE, local.weightSquared, local.squared);
  offer(PULL_SQUARED, local.pull, local.pull);
}

function addDeclared(
  made: ReadonlyMap<string, Float64Array>,
  delta: Float64Array,
  position: Float64Array,
  n: number,
  columns: Map<string, Float64Array>,
): void {
  const bias = made.get(DECLARED_BIAS)!;
  const sigma = made.get(DECLARED_SIGMA)!;
  const residual = new Float64Array(n);
  const pull = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (!(sigma[i]! > 0) || !Number.isFinite(bias[i]!)) {
      throw wrongSample(
        `local_model.declared: bias ${bias[i]!} and sigma ${sigma[i]!} of the event at position ${position[i]!}; sigma must be above 0 for every event`,
      );
    }
    residual[i] = delta[i]! - bias[i]!;
    pull[i] = residual[i]! / sigma[i]!;
  }
  columns.set(declaredColumn('residual'), residual);
  columns.set(declaredColumn('pull'), pull);
  columns.set(declaredColumn('squared'), product(pull, pull, n));
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  multiply(a, b, n, out);
  return out;
}
