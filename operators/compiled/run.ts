import type { NumberColumn } from '../batch.js';
import { scalarOperand } from '../expressions/loop.js';
import { loopOf } from '../expressions/nodes.js';
import type { Emitted, Stored } from './emit.js';

/** A compiled program with its memory. */
export interface Compiled {
  /**
   * Computes the outputs for `events` events of the columns, which it copies; they are valid until the next call.
   */
  readonly run: (columns: readonly NumberColumn[], events: number) => Float64Array[];
}

const PAGE = 65536;
const ALIGNED = 64;

/** Puts a module to work. Its plain functions are those that the plain evaluator's loops are made of. */
export function instantiate({ bytes, plain }: Emitted, stored: readonly Stored[], outputs: number): Compiled {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const functions = Object.fromEntries(plain.map((op) => [op, scalarOf(op)]));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { plain: { memory, ...functions } });
  const call = exports.run as (...parameters: number[]) => void;
  const sizes = [...stored.map((type) => (type === 'f64' ? 8 : 4)), ...Array<number>(outputs).fill(8)];
  let room = -1;
  let places: readonly number[] = [];
  const makeRoom = (events: number): void => {
    room = events + (events & 1);
    let end = 0;
    places = sizes.map((size) => {
      const at = end;
      end += Math.ceil((room * size) / ALIGNED) * ALIGNED;
      return at;
    });
    const pages = Math.ceil(end / PAGE) - memory.buffer.byteLength / PAGE;
    if (pages > 0) memory.grow(pages);
  };
  return {
    run(columns, events) {
      if (events > room) makeRoom(events);
      const { buffer } = memory;
      columns.forEach((column, i) => {
        const own = column.length === events ? column : column.subarray(0, events);
        if (stored[i] === 'f64') new Float64Array(buffer, places[i], events).set(own);
        else new Float32Array(buffer, places[i], events).set(own);
      });
      call(events, ...places);
      return places.slice(stored.length).map((at) => new Float64Array(buffer, at, events));
    },
  };
}

/** One event of the plain loop. */
function scalarOf(op: string): (...args: number[]) => number {
  const loop = loopOf(op);
  const out = new Float64Array(1);
  return (...args) => {
    loop(out, 1, ...args.map(scalarOperand));
    return out[0]!;
  };
}
