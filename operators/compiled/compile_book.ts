import { fillBook, type Book, type BookRows, type Entry } from '../summaries/book.js';
import { MAX_PENDING, tooLong } from '../summaries/exact_sum.js';
import { emit } from './emit.js';
import type { Stored } from './emit_load.js';
import { fillOf } from './fills/index.js';
import { derivedLane, type Derived } from './derived.js';
import { column, noProgram, type Lane } from './lanes.js';
import { MOST_INSTRUCTIONS } from './plan_program.js';
import { instantiate, type Added, type StoredColumn } from './run.js';
import { whyNotHere } from './why_not_here.js';

/** Rows whose columns may be of any type of number. */
export interface StoredRows {
  readonly length: number;
  readonly columns: ReadonlyMap<string, StoredColumn>;
  readonly groups: ReadonlyMap<string, StoredColumn>;
  readonly weight: Float64Array | null;
}

/** Rows of one batch: what there is, and what the summaries' own loops read, with all that is derived. */
export interface FillRows {
  readonly given: StoredRows;
  readonly made: () => BookRows;
}

/** Fills a book with the rows of one pass. What came is in the book after `end`. */
export interface BookFiller {
  readonly fill: (rows: FillRows) => void;
  readonly end: () => void;
}

/** What the compiled fills may be told of their columns. */
export interface FillerOptions {
  readonly derived?: ReadonlyMap<string, Derived>;
  /** How a column lies in the rows, where it is not as usual: doubles, and groups as u16. */
  readonly stored?: (name: string) => Stored | undefined;
}

/** Fills by the loops of the summaries themselves. */
export const plainFiller = (book: Book, entries: readonly Entry[]): BookFiller => ({
  fill({ made }) {
    fillBook(book, entries, made());
  },
  end: () => undefined,
});

/**
 * Fills a book by one function of SIMD instructions, two events a turn, and by their own loops the entries that are not
 * for it. Columns, groups and weights come from the rows, but for those that `derived` tells how to make. Tables are in the
 * memory of the module; they go to the states before a row has 2^20 additions, and at the end: exact sums have the same
 * bits then.
 */
export function compiledFiller(
  book: Book,
  entries: readonly Entry[],
  { derived, stored }: FillerOptions = {},
): BookFiller {
  const rest = entries.filter(({ summary }) => fillOf(summary) === undefined);
  // Where others need the derived columns, too, they are there to be read.
  const recipes = rest.length === 0 ? derived : undefined;
  const program = noProgram();
  const names: string[] = [];
  const known = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    const recipe = recipes?.get(name);
    const lane =
      known.get(name) ?? (recipe ? derivedLane(program, recipe, laneOf) : column(program, names.push(name) - 1));
    known.set(name, lane);
    return lane;
  };
  const laid = entries.flatMap((entry) => {
    const fill = fillOf(entry.summary);
    if (!fill) return [];
    fill.lay(program, entry.config, {
      columns: entry.columns.map(laneOf),
      group: entry.group === null ? null : laneOf(entry.group),
      weight: entry.weighted && isWeighted(entry.config) ? laneOf(WEIGHT) : null,
    });
    return [{ entry, fill }];
  });
  if (program.all.length > MOST_INSTRUCTIONS || names.length + laid.length > MOST_ADDRESSES)
    throw new RangeError('the passes over these summaries are too much for one program');
  const groups = new Set(entries.map(({ group }) => group));
  const types = names.map((name): Stored => stored?.(name) ?? (groups.has(name) ? 'u16' : 'f64'));
  const module = instantiate(emit(program, types, []), types, 0, program);
  const empty = (mostInARow: number): void => {
    module.added().forEach((added, i) => {
      if (!hasMoreThan(added, mostInARow)) return;
      const { entry, fill } = laid[i]!;
      fill.take(book[entry.key]!.state, added);
      added.rows.fill(0);
    });
  };
  /** Events since the tables were looked at. */
  let pending = 0;
  return {
    fill({ given, made }) {
      const rows = recipes ? given : made();
      if (rows.length > MAX_PENDING) throw tooLong(rows.length);
      if (rest.length > 0) fillBook(book, rest, made());
      // A row takes MAX_PENDING additions: half of them now, and no more than the other half before it is looked at again.
      if (pending + rows.length > HALF) {
        empty(rows.length > HALF ? 0 : HALF);
        pending = 0;
      }
      pending += rows.length;
      module.run(columnsOf(names, rows), rows.length);
      if (module.held()) return;
      // A summary that refuses a value says so itself.
      fillBook(book, entries, made());
      throw new RangeError('the compiled fills refuse what the summaries take');
    },
    end() {
      empty(0);
    },
  };
}

/** V8 takes functions of 1000 parameters. */
const MOST_ADDRESSES = 900;
const HALF = MAX_PENDING / 2;

const hasMoreThan = ({ rows, stride }: Added, most: number): boolean => {
  for (let row = 0; row < rows.length; row += stride) if (rows[row]! > most) return true;
  return false;
};

/** The name of the weights among columns: no column has it. */
const WEIGHT = '(weights of the rows)';

const isWeighted = (config: unknown): boolean => (config as { readonly weighted?: boolean }).weighted === true;

function columnsOf(names: readonly string[], { columns, groups, weight }: StoredRows): StoredColumn[] {
  return names.map((name) => {
    const found = name === WEIGHT ? weight : (columns.get(name) ?? groups.get(name));
    if (!found) throw new RangeError(`${name} is missing for a summary`);
    return found;
  });
}

/** So many events cost the plain loops about what compiling costs. */
const WORTH_IT = 65_536;

/** The loops of the summaries, until so many events have come that compiling is cheaper than to go on so. */
export function fillerWhenWorthIt(book: Book, entries: readonly Entry[], options?: FillerOptions): BookFiller {
  let filler = plainFiller(book, entries);
  let events = 0;
  return {
    fill(rows) {
      const { length } = rows.given;
      if (events < WORTH_IT && events + length >= WORTH_IT) filler = compiledOrPlain(book, entries, options);
      events += length;
      filler.fill(rows);
    },
    end: () => {
      filler.end();
    },
  };
}

function compiledOrPlain(book: Book, entries: readonly Entry[], options?: FillerOptions): BookFiller {
  if (whyNotHere() !== null || !entries.some(({ summary }) => fillOf(summary))) return plainFiller(book, entries);
  try {
    return compiledFiller(book, entries, options);
  } catch (error) {
    // No memory for the tables.
    if (error instanceof RangeError) return plainFiller(book, entries);
    throw error;
  }
}

/** Who fills books, as it is said for formulas. */
export const fillersBy = { plain: plainFiller, compiled: compiledOrPlain, auto: fillerWhenWorthIt } as const;
