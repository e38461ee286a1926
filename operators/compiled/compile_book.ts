import type { Entry } from '../summaries/book.js';
import { derivedLane, type Derived } from './derived.js';
import { emit } from './emit.js';
import type { Stored } from './emit_load.js';
import { fillOf } from './fills/index.js';
import type { Fill } from './fills/fill.js';
import type { WeightLimbs } from './fills/weight_limbs.js';
import { column, noProgram, type Lane } from './lanes.js';
import { MOST_INSTRUCTIONS } from './plan_program.js';
import { instantiate, type Added, type StoredColumn } from './run.js';

/** Rows whose columns may be of any type of number. */
export interface StoredRows {
  readonly length: number;
  readonly columns: ReadonlyMap<string, StoredColumn>;
  readonly groups: ReadonlyMap<string, StoredColumn>;
  readonly weight: Float64Array | null;
}

/** What the compiled fills may be told of their columns. */
export interface FillerOptions {
  readonly derived?: ReadonlyMap<string, Derived> | undefined;
  /** How a column lies in the rows, where it is not as usual: doubles, and groups as u16. */
  readonly stored?: (name: string) => Stored | undefined;
}

/** An entry with the fill of its summary. */
export interface LaidEntry {
  readonly entry: Entry;
  readonly fill: Fill<unknown, unknown>;
}

/** Entries that a program can fill. */
export const laidEntries = (entries: readonly Entry[]): LaidEntry[] =>
  entries.flatMap((entry) => {
    const fill = fillOf(entry.summary);
    return fill ? [{ entry, fill }] : [];
  });

export const hasWeights = ({ config, weighted }: Entry): boolean =>
  weighted && (config as { readonly weighted?: boolean }).weighted === true;

/** A module that fills tables, one for each entry in turn. */
export interface CompiledBook {
  /** Fills the tables, if `held`; a value was refused if not. */
  readonly run: (rows: StoredRows) => void;
  readonly held: () => boolean;
  readonly added: () => Added[];
}

/** V8 takes functions of 1000 parameters. */
const MOST_ADDRESSES = 900;

/** One program of all entries. Throws a RangeError where it is too large, or there is no memory for its tables. */
export function compileBook(
  laid: readonly LaidEntry[],
  limbs: WeightLimbs,
  { derived, stored }: FillerOptions,
): CompiledBook {
  const program = noProgram();
  const names: string[] = [];
  const known = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    const recipe = derived?.get(name);
    const lane =
      known.get(name) ?? (recipe ? derivedLane(program, recipe, laneOf) : column(program, names.push(name) - 1));
    known.set(name, lane);
    return lane;
  };
  for (const { entry, fill } of laid) {
    fill.lay(program, entry.config, {
      columns: entry.columns.map(laneOf),
      group: entry.group === null ? null : laneOf(entry.group),
      weight: hasWeights(entry) ? { lane: laneOf(WEIGHT), limbs } : null,
    });
  }
  if (program.all.length > MOST_INSTRUCTIONS || names.length + laid.length > MOST_ADDRESSES)
    throw new RangeError('the summaries of this pass are too much for one program');
  const groups = new Set(laid.map(({ entry }) => entry.group));
  const types = names.map((name): Stored => stored?.(name) ?? (groups.has(name) ? 'u16' : 'f64'));
  const { run, held, added } = instantiate(emit(program, types, []), types, 0, program);
  return {
    ...{ held, added },
    run(rows) {
      run(columnsOf(names, rows), rows.length);
    },
  };
}

/** The name of the weights among columns: no column has it. */
const WEIGHT = '(weights of the rows)';

function columnsOf(names: readonly string[], { columns, groups, weight }: StoredRows): StoredColumn[] {
  return names.map((name) => {
    const found = name === WEIGHT ? weight : (columns.get(name) ?? groups.get(name));
    if (!found) throw new RangeError(`${name} is missing for a summary`);
    return found;
  });
}
