import { isList, type Batch, type Column, type NumberColumn, type Rejections } from '../operators/batch.js';
import { assignSplit } from '../operators/split.js';
import { identityKeys } from './identity.js';
import { keepNumbers, keepRows } from './keep_rows.js';
import { addModelColumns, modelVerdicts, type OpenModels } from './model_columns.js';
import { WEIGHT, WINDOW } from './pipeline_plan.js';
import type { SampleStage } from './sample_stage.js';
import { filterChunk, type SkimChunk } from './skim.js';
import { pickRows } from './pick.js';
import { noVerdicts, reject, rowsLeft, type Verdicts } from './verdicts.js';
import { NO_WINDOW } from './window.js';

/** Beyond these, sums would no longer be exact (summaries/exact_sum.ts). */
const MAX_WEIGHT = 2 ** 40;
const MAX_RESPONSE = 1000;
const MAX_WEIGHTED_SQUARE = 2 ** 63;

export interface Defined {
  readonly chunk: SkimChunk;
  /** Rejected here, by reason; what the source rejected is not in it. */
  readonly rejected: Rejections;
  /** Of each pick, the events that are candidates: the chunk's columns and those of the pick. */
  readonly picked: readonly SkimChunk[];
}

/**
 * One batch through the first half of the flow: column map → valid ranges → fast reconstruction → formulas →
 * identity and split. An event is rejected for the first reason met, in the order of the pipeline's columns and then
 * of the kept quantities; what is made of columns never sees an event outside their valid ranges. The chunk's columns
 * may be used again by the next call.
 */
export function defineBatch(stage: SampleStage, batch: Batch): Defined {
  return finish(stage, prepare(stage, batch));
}

/** The same for a stage with models, which add their columns before the formulas. */
export async function defineWithModels(stage: SampleStage, opened: OpenModels, batch: Batch): Promise<Defined> {
  const prepared = prepare(stage, batch);
  await addModelColumns(stage.models, opened, prepared.columns, prepared.position.length);
  return finish(stage, prepared);
}

/** Events whose columns are valid, before formulas. */
interface Prepared {
  readonly columns: Map<string, Column>;
  readonly position: Float64Array;
  readonly identity: ReadonlyMap<string, Float64Array>;
  readonly keyLo: Uint32Array;
  readonly keyHi: Uint32Array;
  readonly rejected: Rejections;
}

function prepare(stage: SampleStage, batch: Batch): Prepared {
  const rejected: Rejections = {};
  const { columns, position } = validRows(stage, batch, rejected);
  const n = position.length;
  const identity = new Map(stage.identityColumns.map((name) => [name, doubles(columns.get(name) as NumberColumn)]));
  const { keyLo, keyHi } = stage.keys
    ? { keyLo: keyWords(columns, stage.keys[0]), keyHi: keyWords(columns, stage.keys[1]) }
    : identityKeys(stage.identity, identity, position, n);
  if (stage.reconstruct) {
    const number = identity.size === 1 ? [...identity.values()][0]! : position;
    for (const [name, x] of stage.reconstruct(columns, keyLo, keyHi, number, n)) columns.set(name, x);
  }
  return { columns, position, identity, keyLo, keyHi, rejected };
}

function finish(stage: SampleStage, { columns, position, identity, keyLo, keyHi, rejected }: Prepared): Defined {
  const n = position.length;
  const kept = new Map(stage.evaluate(columns, n));
  if (stage.windows) {
    const number = stage.numbers === null ? position : identity.get(stage.numbers)!;
    const window = new Float64Array(n);
    stage.windows(kept, number, n, window);
    kept.set(WINDOW, window);
  }
  const split = new Uint8Array(n);
  assignSplit(stage.split, keyLo, keyHi, n, split);
  const chunk = { sample: stage.sample, length: n, position, split, keyLo, keyHi, columns: kept };
  const verdicts = noVerdicts(n);
  modelVerdicts(stage.models, columns, n, verdicts);
  keptVerdicts(stage, kept, n, verdicts);
  const left = rowsLeft(verdicts, rejected);
  const used = left ? filterChunk(chunk, left) : chunk;
  const picked = stage.picks.map((pick) =>
    pickRows(pick, used, (name) => (left ? keepRows(columns.get(name)!, left) : columns.get(name)!)),
  );
  return { chunk: used, rejected, picked };
}

/** The pipeline's columns and the positions of the events whose columns are within their ranges. */
function validRows(
  stage: SampleStage,
  batch: Batch,
  rejected: Rejections,
): { columns: Map<string, Column>; position: Float64Array } {
  const n = batch.length;
  const columns = new Map<string, Column>(stage.direct.map(([name, inFile]) => [name, batch.columns.get(inFile)!]));
  if (stage.mapped) {
    const renamed = new Map([...batch.columns].map(([name, column]) => [stage.fileName(name), column]));
    for (const [name, x] of stage.mapped(renamed, n)) columns.set(name, x.slice());
  }
  const verdicts = noVerdicts(n);
  for (const { name, low, high, unit } of stage.ranges) {
    const column = columns.get(name)!;
    const turnAway = (x: number, i: number): void => {
      const what = Number.isFinite(x) ? `outside ${range(low, high, unit)}` : 'not a finite number';
      reject(verdicts, i, `${name}: ${what}`);
    };
    if (isList(column)) {
      for (let i = 0; i < n; i++) {
        for (let at = column.offsets[i]!; at < column.offsets[i + 1]!; at++) {
          if (!(column.values[at]! >= low && column.values[at]! <= high)) turnAway(column.values[at]!, i);
        }
      }
    } else for (let i = 0; i < n; i++) if (!(column[i]! >= low && column[i]! <= high)) turnAway(column[i]!, i);
  }
  const position = positionsOf(batch);
  const left = rowsLeft(verdicts, rejected);
  if (left === null) return { columns, position };
  const valid = [...columns].map(([name, column]) => [name, keepRows(column, left)] as const);
  return { columns: new Map(valid), position: keepNumbers(position, left) };
}

function keptVerdicts(
  { response, context }: SampleStage,
  kept: ReadonlyMap<string, Float64Array>,
  n: number,
  verdicts: Verdicts,
): void {
  const turnAway = (name: string, i: number, x: number, bound: number): void => {
    reject(verdicts, i, `${name}: ${Number.isFinite(x) ? `beyond ±${bound}` : 'not a finite number'}`);
  };
  for (const [name, x] of kept) {
    const [label, bound] = boundOf(name);
    if (name === WINDOW)
      x.forEach((number, i) => {
        if (Number.isNaN(number)) reject(verdicts, i, NO_WINDOW);
      });
    for (let i = 0; i < n; i++) if (!(Math.abs(x[i]!) <= bound)) turnAway(label, i, x[i]!, bound);
  }
  const w = kept.get(WEIGHT);
  for (const { name, most } of context) {
    const x = kept.get(name)!;
    for (let i = 0; i < n; i++) {
      if (!(Math.abs(x[i]!) <= most)) turnAway(name, i, x[i]!, most);
      else if (w && !(Math.abs(w[i]! * x[i]! * x[i]!) <= MAX_WEIGHTED_SQUARE)) {
        reject(verdicts, i, `${name}: its square times the weight is beyond ±${MAX_WEIGHTED_SQUARE}`);
      }
    }
  }
  if (response) {
    const reco = kept.get(response.reco)!;
    const truth = kept.get(response.truth)!;
    for (let i = 0; i < n; i++) {
      const delta = (reco[i]! - truth[i]!) / truth[i]!;
      if (!(Math.abs(delta) <= MAX_RESPONSE)) turnAway(response.name, i, delta, MAX_RESPONSE);
    }
  }
}

/** What a kept quantity is called in a rejection, and how large it may be. */
function boundOf(name: string): [label: string, bound: number] {
  if (name === WEIGHT) return ['weight', MAX_WEIGHT];
  return [name.replace(/^\((?:object )?(.*)\)$/, '$1'), Number.MAX_VALUE];
}

function range(low: number, high: number, unit: string | null): string {
  const end = (x: number): string => (Math.abs(x) === Number.MAX_VALUE ? (x < 0 ? '-inf' : 'inf') : String(x));
  return `[${end(low)}, ${end(high)}]${unit === null ? '' : ` ${unit}`}`;
}

function positionsOf({ start, length, positions }: Batch): Float64Array {
  if (positions) return positions.slice(0, length);
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = start + i;
  return out;
}

const keyWords = (columns: ReadonlyMap<string, Column>, name: string): Uint32Array =>
  Uint32Array.from(columns.get(name) as NumberColumn);

const doubles = (column: NumberColumn): Float64Array =>
  column instanceof Float64Array ? column : Float64Array.from(column);
