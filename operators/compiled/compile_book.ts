import { fillBook, type Book, type BookRows, type Entry } from '../summaries/book.js';
import { MAX_PENDING } from '../summaries/exact_sum.js';
import { emit, type Stored } from './emit.js';
import { fillOf } from './fills/index.js';
import { column, noProgram, type Lane } from './lanes.js';
import { instantiate, type Compiled, type StoredColumn } from './run.js';
import { whyNotHere } from './why_not_here.js';

/** Fills a book with the rows of one pass. What came is in the book after `end`. */
export interface BookFiller {
  readonly fill: (rows: BookRows) => void;
  readonly end: () => void;
}

/** Fills by the loops of the summaries themselves. */
export const plainFiller = (book: Book, entries: readonly Entry[]): BookFiller => ({
  fill(rows) {
    fillBook(book, entries, rows);
  },
  end: () => undefined,
});

/** A column of the program: where it is in the rows. */
interface Source {
  readonly stored: Stored;
  readonly from: (rows: BookRows) => StoredColumn | null | undefined;
}

/**
 * Fills a book by one function of SIMD instructions, two events a turn, and by their own loops the entries that are not
 * for it. Tables are in the memory of the module; they go to the states every 2^20 events and at the end: exact sums have
 * the same bits then.
 */
export function compiledFiller(book: Book, entries: readonly Entry[]): BookFiller {
  const program = noProgram();
  const sources: Source[] = [];
  const known = new Map<string, Lane>();
  const laneOf = (key: string, source: Source): Lane => {
    const lane = known.get(key) ?? column(program, sources.push(source) - 1);
    known.set(key, lane);
    return lane;
  };
  const laid = entries.flatMap((entry) => {
    const fill = fillOf(entry.summary);
    if (!fill) return [];
    fill.lay(program, entry.config, {
      columns: entry.columns.map((name) =>
        laneOf(`column ${name}`, { stored: 'f64', from: ({ columns }) => columns.get(name) }),
      ),
      group: entry.group === null ? null : laneOf(...groupSource(entry.group)),
      weight: entry.weighted && isWeighted(entry.config) ? laneOf('weight', WEIGHT_SOURCE) : null,
    });
    return [{ entry, fill }];
  });
  const rest = entries.filter(({ summary }) => fillOf(summary) === undefined);
  const stored = sources.map((source) => source.stored);
  const module = instantiate(emit(program, stored, []), stored, 0, program);
  let pending = 0;
  const end = (): void => {
    if (pending === 0) return;
    pending = 0;
    module.added().forEach((added, i) => {
      const { entry, fill } = laid[i]!;
      fill.take(book[entry.key]!.state, added);
      added.rows.fill(0);
    });
  };
  return {
    fill(rows) {
      fillBook(book, rest, rows);
      if (pending + rows.length > MAX_PENDING) end();
      pending += rows.length;
      run(module, sources, rows);
      if (module.held()) return;
      // A summary that refuses a value says so itself.
      fillBook(book, entries, rows);
      throw new RangeError('the compiled fills refuse what the summaries take');
    },
    end,
  };
}

const WEIGHT_SOURCE: Source = { stored: 'f64', from: ({ weight }) => weight };

const groupSource = (name: string): [string, Source] => [
  `group ${name}`,
  { stored: 'u16', from: ({ groups }) => groups.get(name) },
];

const isWeighted = (config: unknown): boolean => (config as { readonly weighted?: boolean }).weighted === true;

function run(module: Compiled, sources: readonly Source[], rows: BookRows): void {
  const columns = sources.map(({ from }) => {
    const found = from(rows);
    if (!found) throw new RangeError('a column, a group or the weights are missing for a summary');
    return found;
  });
  module.run(columns, rows.length);
}

/** So many events cost the plain loops about what compiling costs. */
const WORTH_IT = 65_536;

/** The loops of the summaries, until so many events have come that compiling is cheaper than to go on so. */
export function fillerWhenWorthIt(book: Book, entries: readonly Entry[]): BookFiller {
  let filler = plainFiller(book, entries);
  let events = 0;
  return {
    fill(rows) {
      if (events < WORTH_IT && events + rows.length >= WORTH_IT) filler = compiledOrPlain(book, entries);
      events += rows.length;
      filler.fill(rows);
    },
    end: () => {
      filler.end();
    },
  };
}

function compiledOrPlain(book: Book, entries: readonly Entry[]): BookFiller {
  if (whyNotHere() !== null || !entries.some(({ summary }) => fillOf(summary))) return plainFiller(book, entries);
  try {
    return compiledFiller(book, entries);
  } catch (error) {
    // No memory for the tables.
    if (error instanceof RangeError) return plainFiller(book, entries);
    throw error;
  }
}

/** Who fills books, as it is said for formulas. */
export const fillersBy = { plain: plainFiller, compiled: compiledOrPlain, auto: fillerWhenWorthIt } as const;
