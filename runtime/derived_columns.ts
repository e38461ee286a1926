import type { Derived } from '../operators/compiled/derived.js';
import type { Formula } from '../operators/expressions/formula.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import { SPLITS } from '../operators/split.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { binOf, DELTA, DISTANCE, REGIME, REGIME_SPLIT, reportEdges, SPLIT } from './observations.js';

const named = (name: string): Formula => ({ kind: 'name', name, at: 0 });
const number = (value: number): Formula => ({ kind: 'number', value, at: 0 });
const binary = (op: '+' | '-' | '*' | '/', left: Formula, right: Formula): Formula => ({
  ...{ kind: 'binary', op, left, right, at: 0 },
});

/** How the columns and groups of `rowMaker` (derive.ts) are made, for the compiler. */
export function derivedColumns({ response, context }: Pipeline, map: RegimeMap): Map<string, Derived> {
  const split = binary('+', binary('*', named(REGIME), number(SPLITS.length)), named(SPLIT));
  const columns = new Map<string, Derived>([
    [REGIME, { kind: 'regime', map }],
    [DISTANCE, { kind: 'distance', map }],
    [REGIME_SPLIT, { kind: 'formula', formula: split }],
  ]);
  if (!response) return columns;
  const { reco, truth } = response;
  const delta = binary('/', binary('-', named(reco), named(truth)), named(truth));
  columns.set(DELTA, { kind: 'formula', formula: delta });
  for (const [name, variable] of Object.entries(context)) {
    columns.set(binOf(name), { kind: 'bin', edges: reportEdges(variable), of: name });
  }
  return columns;
}
