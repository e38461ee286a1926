import { summaries, type SummaryName } from './index.js';
import type { Summary } from './summary.js';
import { cutWeights } from './tally.js';

/** One summary of a pass: what it is called, what it is, and which columns and groups fill it. */
export interface Entry {
  readonly key: string;
  readonly summary: SummaryName;
  readonly config: unknown;
  readonly columns: readonly string[];
  /** Name of the group column; null: one group. */
  readonly group: string | null;
  /** False: every event counts 1, whatever its weight. */
  readonly weighted: boolean;
}

/** The states of a pass by key. Plain data, mergeable like each of its summaries. */
export type Book = Record<string, { readonly summary: SummaryName; readonly state: unknown }>;

/** The table of summaries seen from outside, where the type of a state is the business of its summary alone. */
const known = summaries as unknown as Readonly<Record<SummaryName, Summary<unknown, unknown>>>;

export function openBook(entries: readonly Entry[]): Book {
  return Object.fromEntries(
    entries.map(({ key, summary, config, columns }) => {
      const wanted = known[summary].columns(config);
      if (columns.length !== wanted) throw new RangeError(`${key}: ${summary} reads ${wanted} columns`);
      return [key, { summary, state: known[summary].create(config) }];
    }),
  );
}

export interface BookRows {
  readonly length: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly groups: ReadonlyMap<string, Uint16Array>;
  /** Null: every event counts 1. */
  readonly weight: Float64Array | null;
}

export function fillBook(book: Book, entries: readonly Entry[], rows: BookRows): void {
  const weights = rows.weight && entries.some(({ weighted }) => weighted) ? cutWeights(rows.weight) : null;
  for (const { key, summary, columns, group, weighted } of entries) {
    known[summary].fill(book[key]!.state, {
      length: rows.length,
      columns: columns.map((name) => rows.columns.get(name)!),
      group: group === null ? null : rows.groups.get(group)!,
      weight: weighted ? weights : null,
    });
  }
}

/** Adds `from`, of the same entries, to `into`. */
export function mergeBook(into: Book, from: Book): void {
  for (const [key, { summary, state }] of Object.entries(from)) known[summary].merge(into[key]!.state, state);
}

export function settleBook(book: Book): void {
  for (const { summary, state } of Object.values(book)) known[summary].settle(state);
}
