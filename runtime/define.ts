import { isList, type Batch, type Column, type NumberColumn, type Rejections } from '../operators/batch.js';
import type { SampleStage } from './sample_stage.js';
import { identityKeys } from './identity.js';
import { WEIGHT } from './pipeline_plan.js';
import { filterChunk, type SkimChunk } from './skim.js';
import { assignSplit } from '../operators/split.js';

/** Beyond these, sums would no longer be exact (summaries/exact_sum.ts). */
const MAX_WEIGHT = 2 ** 40;
const MAX_RESPONSE = 1000;

export interface Defined {
  readonly chunk: SkimChunk;
  /** Rejected here, by reason; what the source rejected is not in it. */
  readonly rejected: Rejections;
}

/**
 * One batch through the first half of the flow: column map → valid ranges → fast reconstruction → formulas →
 * identity and split. An event is rejected for the first reason met, in the order of the pipeline's columns and then
 * of the kept quantities.
 */
export function defineBatch(stage: SampleStage, batch: Batch): Defined {
  const n = batch.length;
  const columns = new Map<string, Column>(stage.direct.map((name) => [name, batch.columns.get(name)!]));
  if (stage.mapped) {
    const renamed = new Map([...batch.columns].map(([name, column]) => [stage.fileName(name), column]));
    for (const [name, x] of stage.mapped(renamed, n)) columns.set(name, x.slice());
  }
  const why = new Uint8Array(n);
  const reasons: string[] = [];
  const reject = (reason: string): number => {
    const at = reasons.indexOf(reason);
    return at < 0 ? reasons.push(reason) : at + 1;
  };
  for (const { name, low, high, unit } of stage.ranges) {
    const column = columns.get(name)!;
    if (isList(column))
      checkList(column.offsets, column.values, low, high, why, () =>
        reject(`${name}: outside ${range(low, high, unit)}`),
      );
    else {
      for (let i = 0; i < n; i++) {
        const x = column[i]!;
        if (!(x >= low && x <= high) && why[i] === 0) {
          why[i] = reject(
            Number.isFinite(x) ? `${name}: outside ${range(low, high, unit)}` : `${name}: not a finite number`,
          );
        }
      }
    }
  }

  const position = positionsOf(batch);
  const identity = new Map(stage.identityColumns.map((name) => [name, doubles(columns.get(name) as NumberColumn)]));
  const { keyLo, keyHi } = identityKeys(stage.identity, identity, position, n);
  if (stage.reconstruct) {
    const number = identity.size === 1 ? [...identity.values()][0]! : position;
    for (const [name, x] of stage.reconstruct(columns, keyLo, keyHi, number, n)) columns.set(name, x);
  }

  const kept = new Map([...stage.evaluate(columns, n)].map(([name, x]) => [name, x.slice(0, n)]));
  for (const [name, x] of kept) {
    const [label, bound] = name === WEIGHT ? ['weight', MAX_WEIGHT] : [name, Number.MAX_VALUE];
    for (let i = 0; i < n; i++) {
      if (!(Math.abs(x[i]!) <= bound) && why[i] === 0) {
        why[i] = reject(Number.isFinite(x[i]!) ? `${label}: beyond ±${bound}` : `${label}: not a finite number`);
      }
    }
  }
  if (stage.response) {
    const { name } = stage.response;
    const reco = kept.get(stage.response.reco)!;
    const truth = kept.get(stage.response.truth)!;
    for (let i = 0; i < n; i++) {
      const delta = (reco[i]! - truth[i]!) / truth[i]!;
      if (!(Math.abs(delta) <= MAX_RESPONSE) && why[i] === 0) {
        why[i] = reject(Number.isFinite(delta) ? `${name}: beyond ±${MAX_RESPONSE}` : `${name}: not a finite number`);
      }
    }
  }

  const split = new Uint8Array(n);
  assignSplit(stage.split, keyLo, keyHi, n, split);
  const chunk = { sample: stage.sample, length: n, position, split, keyLo, keyHi, columns: kept };
  if (reasons.length === 0) return { chunk, rejected: {} };
  const rejected: Rejections = Object.fromEntries(reasons.map((reason) => [reason, 0]));
  for (const at of why) if (at > 0) rejected[reasons[at - 1]!]!++;
  return {
    chunk: filterChunk(
      chunk,
      why.map((at) => (at === 0 ? 1 : 0)),
    ),
    rejected,
  };
}

function checkList(
  offsets: Int32Array,
  values: NumberColumn,
  low: number,
  high: number,
  why: Uint8Array,
  reject: () => number,
): void {
  for (let i = 0; i < why.length; i++) {
    for (let at = offsets[i]!; at < offsets[i + 1]!; at++) {
      if (!(values[at]! >= low && values[at]! <= high) && why[i] === 0) why[i] = reject();
    }
  }
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

const doubles = (column: NumberColumn): Float64Array =>
  column instanceof Float64Array ? column : Float64Array.from(column);
