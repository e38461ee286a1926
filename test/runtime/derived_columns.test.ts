import { expect, it } from 'vitest';
import { derivedLane } from '../../operators/compiled/derived.js';
import type { Lane } from '../../operators/compiled/lanes.js';
import { derivedColumns } from '../../runtime/derived_columns.js';
import { rowMaker } from '../../runtime/derive.js';
import { SPLIT } from '../../runtime/observations.js';
import type { StoredColumn } from '../../operators/compiled/run.js';
import { laneValues } from '../operators/compiled/lane_values.js';
import { referenceChunk, referenceMap, referencePipeline } from '../support/local_chunks.js';

const [, ...others] = referencePipeline.context.H_T!.report!;
/** With values on the edges of bins, next to them, and beyond. */
const chunk = {
  ...referenceChunk,
  columns: new Map([
    ...referenceChunk.columns,
    ['H_T', referenceChunk.columns.get('H_T')!.map((x, i) => (i % 5 === 0 ? others[i % others.length]! : x))],
  ]),
};

it('the compiler makes the columns and groups of the plain loops', () => {
  const derived = derivedColumns(referencePipeline, referenceMap);
  const rows = rowMaker(referencePipeline, referenceMap)(chunk);
  const kept = new Map<string, StoredColumn>([...chunk.columns, [SPLIT, Float64Array.from(chunk.split)]]);
  const names = [...derived.keys()];
  const made = laneValues(
    (p, columns) => {
      const given = new Map([...kept.keys()].map((name, i) => [name, columns[i]!]));
      const laneOf = (name: string): Lane => given.get(name) ?? derivedLane(p, derived.get(name)!, laneOf);
      return names.map(laneOf);
    },
    [...kept.values()],
  );
  const all = new Map<string, ArrayLike<number>>([...rows.columns, ...rows.groups]);
  expect(names.map((name, i) => [name, made[i]])).toEqual(
    names.map((name) => [name, Array.from(all.get(name)!).slice(0, chunk.length)]),
  );
  expect(names.length).toBeGreaterThan(2);
});
