import { emitAdd, emitLookup, validLanes, type EffectLocals } from './emit_effects.js';
import { load, type Stored } from './emit_load.js';
import { emitPatch } from './emit_patch.js';
import { address, at, constant, get, i32, set, simd, VECTOR } from './instructions.js';
import {
  isAlways,
  OPERATIONS,
  rootsOf,
  SHIFTS,
  type Effect,
  type Instruction,
  type Lane,
  type Program,
} from './lanes.js';

/** Operations that are nested on the stack, at most. */
const DEEPEST = 50;

/** Where things are: numbers of parameters and locals. */
export interface Frame {
  /** Parameters 1, … */
  readonly columns: readonly Stored[];
  /** After the columns. */
  readonly outputs: readonly Lane[];
  /** After the outputs: tables that are looked up, then those that are added to. */
  readonly firstTable: number;
  /** `first` and those after it are free. */
  readonly locals: EffectLocals & { readonly event: number; readonly broken: number; readonly first: number };
  /** How often each lane is asked for. */
  readonly uses: readonly number[];
  readonly plain: readonly string[];
}

/**
 * The instructions for two events, and the number after the last local that they use. Values that are used once are left
 * on the stack, others are locals.
 */
export function emitBody(program: Program, { columns, outputs, firstTable, locals, uses, plain }: Frame) {
  const { all, tables, effects } = program;
  const adds = effects.filter((effect) => effect.kind === 'add');
  let end = locals.first;
  const localOf = new Map<Lane, number>();
  const code: number[] = [];

  const put = (...bytes: readonly number[]): void => void code.push(...bytes);
  const value = (lane: Lane): void => {
    const local = localOf.get(lane);
    if (local === undefined) compute(lane);
    else put(...get(local));
  };
  const compute = (lane: Lane): void => {
    const one = all[lane]!;
    one.args.forEach(value);
    put(...instruction(one));
  };
  const instruction = (one: Instruction): number[] => {
    switch (one.kind) {
      case 'constant':
        return constant(one.bits);
      case 'operation':
        return simd(OPERATIONS[one.op]);
      case 'shift':
        return [...i32(one.by), ...simd(SHIFTS[one.op])];
      case 'column':
        return load(1 + one.column, columns[one.column]!, locals.event);
      case 'lookup':
        return emitLookup(firstTable + one.table, locals);
      case 'patch':
        throw new TypeError('a patch is kept in a local');
    }
  };
  /** What is on the stack now. */
  const keep = (lane: Lane): void => {
    localOf.set(lane, end);
    put(...set(end++));
  };
  /** Of what would be computed on the stack for this one. */
  const depths = new Map<Lane, number>();
  const depth = ({ args }: Instruction): number =>
    1 + args.reduce((most, arg) => (localOf.has(arg) ? most : Math.max(most, depths.get(arg)!)), 0);
  const stacked = (lane: Lane): number[] => {
    const before = code.length;
    value(lane);
    return code.splice(before);
  };
  const effect = (one: Effect): void => {
    if (one.kind === 'demand') {
      value(one.holds);
      put(...simd(OPERATIONS.not), ...get(locals.broken), ...simd(OPERATIONS.or), ...set(locals.broken));
    } else {
      const table = firstTable + tables.length + adds.indexOf(one);
      put(...emitAdd(one.rows, table, stacked(one.slot), one.parts.map(stacked), locals));
    }
  };
  if (adds.length > 0) put(...validLanes(locals.event), ...set(locals.valid));
  // As soon as they can be done, so that few values wait.
  const due = new Map<Lane, Effect[]>();
  for (const one of effects) {
    const last = Math.max(...rootsOf(one));
    due.set(last, [...(due.get(last) ?? []), one]);
  }
  all.forEach((one, lane) => {
    make(one, lane);
    due.get(lane)?.forEach(effect);
  });
  function make(one: Instruction, lane: Lane): void {
    depths.set(lane, depth(one));
    if (uses[lane] === 0 || one.kind === 'constant') return;
    if (one.kind === 'patch') {
      // Arguments are asked for lane by lane.
      for (const arg of one.args) {
        if (localOf.has(arg)) continue;
        compute(arg);
        keep(arg);
      }
      value(one.args[0]!);
      keep(lane);
      put(...emitPatch(one, localOf, lane, plain.indexOf(one.fn), isAlways(program, one)));
    } else if (uses[lane]! > 1 || depth(one) > DEEPEST) {
      compute(lane);
      keep(lane);
    }
  }
  outputs.forEach((lane, i) => {
    put(...address(1 + columns.length + i, locals.event, 3));
    value(lane);
    put(...simd(VECTOR.store), ...at(3));
  });
  return { code, end };
}
