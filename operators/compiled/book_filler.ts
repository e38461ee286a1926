import { fillBook, type Book, type BookRows, type Entry } from '../summaries/book.js';
import { MAX_PENDING, tooLong } from '../summaries/exact_sum.js';
import {
  compileBook,
  hasWeights,
  laidEntries,
  type CompiledBook,
  type FillerOptions,
  type StoredRows,
} from './compile_book.js';
import { bothLimbs, covers, FEWEST_LIMBS, weightLimbs } from './fills/weight_limbs.js';
import type { Added } from './run.js';
import { whyNotHere } from './why_not_here.js';

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

/** Fills by the loops of the summaries themselves. */
export const plainFiller = (book: Book, entries: readonly Entry[]): BookFiller => ({
  fill({ made }) {
    fillBook(book, entries, made());
  },
  end: () => undefined,
});

/**
 * Fills a book by one function of SIMD instructions, two events a turn, and by their own loops the entries that are not
 * for it, or all where no module can be made. Columns, groups and weights come from the rows, but for those that `derived`
 * tells how to make. Tables are in the memory of the module; they go to the states before a row has 2^20 additions, and at
 * the end: exact sums have the same bits then.
 */
export function compiledFiller(book: Book, entries: readonly Entry[], options: FillerOptions = {}): BookFiller {
  const laid = laidEntries(entries);
  if (laid.length === 0 || whyNotHere() !== null) return plainFiller(book, entries);
  const rest = entries.filter((entry) => !laid.some((one) => one.entry === entry));
  // Where others need the derived columns, too, they are there to be read.
  const given = rest.length === 0 && options.derived !== undefined;
  const isWeighted = laid.some(({ entry }) => hasWeights(entry));
  let module: CompiledBook | null = null;
  let limbs = FEWEST_LIMBS;
  let impossible = false;
  /** Events since the tables were looked at. */
  let pending = 0;

  const empty = (mostInARow: number): void => {
    pending = 0;
    module?.added().forEach((added, i) => {
      if (!hasMoreThan(added, mostInARow)) return;
      const { entry, fill } = laid[i]!;
      fill.take(book[entry.key]!.state, added, limbs);
      added.rows.fill(0);
    });
  };
  /** A module for these weights. */
  const moduleFor = ({ weight, length }: StoredRows): CompiledBook | null => {
    const wanted = isWeighted && weight ? weightLimbs(weight, length) : FEWEST_LIMBS;
    if (impossible || (module && covers(limbs, wanted))) return module;
    empty(0);
    limbs = bothLimbs(limbs, wanted);
    try {
      module = compileBook(laid, limbs, given ? options : { ...options, derived: undefined });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      module = null;
      impossible = true;
    }
    return module;
  };
  return {
    fill(rows) {
      // Made at most once: for passes of the local model that is most of the work.
      let known: BookRows | undefined;
      const made = (): BookRows => (known ??= rows.made());
      const read = given ? rows.given : made();
      if (read.length > MAX_PENDING) throw tooLong(read.length);
      const compiled = moduleFor(read);
      const others = compiled ? rest : entries;
      if (others.length > 0) fillBook(book, others, made());
      if (!compiled) return;
      // A row takes MAX_PENDING additions: half of them now, and no more than the other half before it is looked at again.
      if (pending + read.length > HALF) empty(read.length > HALF ? 0 : HALF);
      pending += read.length;
      compiled.run(read);
      if (compiled.held()) return;
      // A summary that refuses a value says so itself.
      fillBook(book, entries, made());
      throw new RangeError('the compiled fills refuse what the summaries take');
    },
    end() {
      empty(0);
    },
  };
}

const HALF = MAX_PENDING / 2;

const hasMoreThan = ({ rows, stride }: Added, most: number): boolean => {
  for (let row = 0; row < rows.length; row += stride) if (rows[row]! > most) return true;
  return false;
};

/** So many events cost the plain loops about what compiling costs. */
const WORTH_IT = 65_536;

/** The loops of the summaries, until so many events have come that compiling is cheaper than to go on so. */
export function fillerWhenWorthIt(book: Book, entries: readonly Entry[], options?: FillerOptions): BookFiller {
  let filler = plainFiller(book, entries);
  let events = 0;
  return {
    fill(rows) {
      const { length } = rows.given;
      if (events < WORTH_IT && events + length >= WORTH_IT) filler = compiledFiller(book, entries, options);
      events += length;
      filler.fill(rows);
    },
    end: () => {
      filler.end();
    },
  };
}

/** Who fills books, as it is said for formulas. */
export const fillersBy = { plain: plainFiller, compiled: compiledFiller, auto: fillerWhenWorthIt } as const;
