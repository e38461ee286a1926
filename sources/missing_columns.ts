import { closest } from 'fastest-levenshtein';
import { wrongSample, type Problem } from '../operators/problem.js';
import type { SampleInfo } from './source.js';

/** What a table offers: the columns of numbers, and what else it holds, by name and type. */
export interface TableInfo extends SampleInfo {
  /** Name → type of the columns that hold no numbers. */
  readonly others?: ReadonlyMap<string, string>;
}

const shown = 40;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'no column of numbers';
  const more = names.length > shown ? `, … (${names.length} in all)` : '';
  return names.slice(0, shown).join(', ') + more;
}

/** The Problem of columns that a sample lacks, or undefined if it has all of them. */
export function missingColumns(path: string, info: TableInfo, wanted: readonly string[]): Problem | undefined {
  const names = info.columns.map((column) => column.name);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing === undefined) return undefined;
  const type = info.others?.get(missing);
  const what =
    type === undefined ? `no column '${missing}'` : `column '${missing}' is ${type}, which holds no plain numbers`;
  const nearest = names.length === 0 || type !== undefined ? '' : `; nearest '${closest(missing, names)}'`;
  return wrongSample(`${path}: ${what}${nearest}; it has: ${listed(names)}`);
}

/** Throws if a column is missing. */
export function requireColumns(path: string, info: TableInfo, wanted: readonly string[]): void {
  const problem = missingColumns(path, info, wanted);
  if (problem) throw problem;
}
