import type { NumberColumn } from '../batch.js';
import { scalarOperand } from '../expressions/loop.js';
import { loopOf } from '../expressions/nodes.js';
import { COLUMNS } from '../expressions/precision.js';
import type { Emitted, PlainFunction } from './emit.js';
import type { Stored } from './emit_load.js';
import { rowBytes } from './emit_effects.js';
import type { Program } from './lanes.js';

/** Columns as they lie outside the module: doubles, singles, or numbers of groups. */
export type StoredColumn = NumberColumn | Uint16Array | Uint8Array;

/** What was added to a table of the module: row r at r · stride; counters have a stride of 1. */
export interface Added {
  readonly rows: Float64Array | Int32Array;
  readonly stride: number;
}

/** A compiled program with its memory. */
export interface Compiled {
  /**
   * Computes the outputs for `events` events of the columns, which it copies; they are valid until the next call.
   */
  readonly run: (columns: readonly StoredColumn[], events: number) => Float64Array[];
  /** Whether all that the program demands held in the last run. */
  readonly held: () => boolean;
  /** The tables in the order of the program's additions, to be read, and emptied, before the next run. */
  readonly added: () => Added[];
}

const PAGE = 65536;
const ALIGNED = 64;
/** Events of the longest turn. */
const TURN = 4;
const wholeTurns = (events: number): number => TURN * Math.ceil(events / TURN);
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;
const BYTES: Readonly<Record<Stored, number>> = { f64: 8, f32: 4, u16: 2, u8: 1 };
const VIEWS = { f64: Float64Array, f32: Float32Array, u16: Uint16Array, u8: Uint8Array };

/** Puts a module to work. Its plain functions are those that the plain evaluator's loops are made of. */
export function instantiate(
  { bytes, plain }: Emitted,
  stored: readonly Stored[],
  outputs: number,
  { tables, effects }: Pick<Program, 'tables' | 'effects'> = { tables: [], effects: [] },
): Compiled {
  const memory = new WebAssembly.Memory({ initial: 1 });
  let end = 0;
  const place = (size: number): number => {
    const at = end;
    end += aligned(size);
    const pages = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
    if (pages > 0) memory.grow(pages);
    return at;
  };
  const lookedUp = tables.map((values) => {
    const at = place(values.byteLength);
    new Int32Array(memory.buffer, at, values.length).set(values);
    return at;
  });
  const added = effects.flatMap((effect) => {
    if (effect.kind === 'demand') return [];
    const size = rowBytes(effect.parts.length);
    // And the row that nobody reads.
    return [{ ...effect, size, at: place((effect.rows + 1) * size) }];
  });
  const tableAddresses = [...lookedUp, ...added.map(({ at }) => at)];

  const functions = Object.fromEntries([...plain].map(([name, one]) => [name, scalarOf(one)]));
  const { exports } = new WebAssembly.Instance(moduleOf(bytes), { plain: { memory, ...functions } });
  const call = exports.run as (...parameters: number[]) => number;
  const sizes = [...stored.map((type) => BYTES[type]), ...Array<number>(outputs).fill(8)];
  const afterTables = end;
  let room = -1;
  let places: readonly number[] = [];
  let broken = 0;
  return {
    run(columns, events) {
      if (events > room) {
        end = afterTables;
        room = wholeTurns(events);
        places = sizes.map((size) => place(room * size));
      }
      const { buffer } = memory;
      columns.forEach((column, i) => {
        const own = column.length === events ? column : column.subarray(0, events);
        const inside = new VIEWS[stored[i]!](buffer, places[i], wholeTurns(events));
        inside.set(own);
        // What is demanded of the last event is demanded of the lanes beside it.
        if (events > 0) inside.fill(own[events - 1]!, events);
      });
      broken = call(events, ...places, ...tableAddresses);
      return places.slice(stored.length).map((at) => new Float64Array(buffer, at, events));
    },
    held: () => broken === 0,
    added: () =>
      added.map(({ rows, parts, size, at }) =>
        parts.length === 0
          ? { rows: new Int32Array(memory.buffer, at, rows), stride: 1 }
          : { rows: new Float64Array(memory.buffer, at, (rows * size) / 8), stride: size / 8 },
      ),
  };
}

/** Modules made before, with the machine code that they have by now. */
const modules = new Map<string, WebAssembly.Module>();
const MOST_MODULES = 64;

function moduleOf(bytes: Uint8Array): WebAssembly.Module {
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const known = modules.get(key);
  if (known) return known;
  const module = new WebAssembly.Module(bytes);
  if (modules.size === MOST_MODULES) modules.clear();
  modules.set(key, module);
  return module;
}

/** One event of the plain loop. */
function scalarOf({ fn, precision }: PlainFunction): (...args: number[]) => number {
  const loop = loopOf(fn, precision);
  const out = new COLUMNS[precision](1);
  return (...args) => {
    loop(out, 1, ...args.map((arg) => scalarOperand(arg)));
    return out[0]!;
  };
}
