import { compile, type Evaluator } from '../operators/expressions/evaluate.js';
import { parse } from '../operators/expressions/formula.js';
import { plan } from '../operators/expressions/plan.js';
import { hashKey } from '../operators/hash.js';
import type { Column } from '../operators/batch.js';
import { rowsKept, takeRows } from './keep_rows.js';
import type { PipelinePlan } from './pipeline_plan.js';
import { takeChunk, type SkimChunk } from './skim.js';

/**
 * A few events by the hash of their identity, with quantities of their own: for what is too dear for all events. Plain
 * data.
 */
export interface EventPick {
  readonly name: string;
  /** Names in brackets, which no formula can use → formulas of the pipeline's columns and definitions. */
  readonly formulas: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Events with a hash below this are candidates: 2^32 times the share wanted. */
  readonly below: number;
  /** Of these at most so many, those with the smallest hashes: of each window, or of all. */
  readonly most: number;
  readonly each: 'window' | 'all';
}

/** A pick bound to a pipeline's plan. */
export interface BoundPick {
  readonly pick: EventPick;
  /** Columns of the pipeline that the formulas need. */
  readonly needs: readonly string[];
  readonly evaluate: Evaluator;
}

/** Types the formulas of a pick. A mistake is a Problem (2) that names the formula. */
export function bindPick(pick: EventPick, { definitions, given, evaluatedBy }: PipelinePlan): BoundPick {
  const names = Object.keys(pick.formulas);
  const all = new Map([...definitions, ...names.map((name) => [name, parse(pick.formulas[name]!)] as const)]);
  const { order, needs } = plan(all, names, given);
  return { pick, needs, evaluate: compile(all, order, names, evaluatedBy) };
}

/**
 * The candidates among the rows of a chunk: its columns of these rows, and what the formulas give of the pipeline's
 * columns, where row i of the chunk is row left[i] (null: the same).
 */
export function pickRows(
  { pick, evaluate, needs }: BoundPick,
  chunk: SkimChunk,
  columns: ReadonlyMap<string, Column>,
  left: Uint32Array | null,
): SkimChunk {
  const keep = new Uint8Array(chunk.length);
  for (let i = 0; i < chunk.length; i++) {
    if (hashKey(pick.seed, chunk.keyLo[i]!, chunk.keyHi[i]!) < pick.below) keep[i] = 1;
  }
  const rows = rowsKept(keep);
  const picked = takeChunk(chunk, rows);
  if (rows.length === 0) return withFormulas(picked, new Map(Object.keys(pick.formulas).map((name) => [name, none])));
  const among = left === null ? rows : rows.map((row) => left[row]!);
  const needed = new Map(needs.map((name) => [name, takeRows(columns.get(name)!, among)]));
  return withFormulas(picked, evaluate(needed, rows.length));
}

const none = new Float64Array(0);

// An evaluator gives columns that it uses again.
const withFormulas = (rows: SkimChunk, values: ReadonlyMap<string, Float64Array>): SkimChunk => ({
  ...rows,
  columns: new Map([
    ...rows.columns,
    ...[...values].map(([name, x]): [string, Float64Array] => [name, x.slice(0, rows.length)]),
  ]),
});
