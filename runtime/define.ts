import type { Batch, Column, NumberColumn, Rejections } from '../operators/batch.js';
import { assignSplit } from '../operators/split.js';
import { identityKeys } from './identity.js';
import { rowsKept } from './keep_rows.js';
import { keptVerdicts } from './kept_verdicts.js';
import { addModelColumns, modelVerdicts, type OpenModels } from './model_columns.js';
import { WINDOW } from './pipeline_plan.js';
import type { SampleStage } from './sample_stage.js';
import { filterChunk, type SkimChunk } from './skim.js';
import { pickRows } from './pick.js';
import { validRows } from './valid_rows.js';
import { noVerdicts, rowsLeft } from './verdicts.js';

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
  const rows = left && stage.picks.length > 0 ? rowsKept(left) : null;
  const picked = stage.picks.map((pick) => pickRows(pick, used, columns, rows));
  return { chunk: used, rejected, picked };
}

const keyWords = (columns: ReadonlyMap<string, Column>, name: string): Uint32Array =>
  Uint32Array.from(columns.get(name) as NumberColumn);

const doubles = (column: NumberColumn): Float64Array =>
  column instanceof Float64Array ? column : Float64Array.from(column);
