import { isList, type Batch, type Column, type Rejections } from '../operators/batch.js';
import { keepNumbers, keepRows } from './keep_rows.js';
import type { SampleStage } from './sample_stage.js';
import { noVerdicts, reject, rowsLeft } from './verdicts.js';

/** The pipeline's columns and the positions of the events whose columns are within their ranges. */
export function validRows(
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
