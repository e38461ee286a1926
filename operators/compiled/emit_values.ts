import { emitLookup, type EffectLocals } from './emit_effects.js';
import { load, type Stored } from './emit_load.js';
import { emitPatch, importName } from './emit_patch.js';
import { constant, get, halvesOf, i32, set, simd, VECTOR } from './instructions.js';
import { isAlways, type Instruction, type Lane, type Program } from './lanes.js';
import { OPERATIONS, SHIFTS } from './operations.js';

/** Operations that are nested on the stack, at most. */
const DEEPEST = 50;

export type Half = 0 | 1;

/** Where things are: numbers of parameters and locals. */
export interface Frame {
  /** Parameters 1, … */
  readonly columns: readonly Stored[];
  /** After the columns. */
  readonly outputs: readonly Lane[];
  /** After the outputs: tables that are looked up, then those that are added to. */
  readonly firstTable: number;
  /** Halves of a turn, two events each. */
  readonly halves: readonly Half[];
  /** `valid` has a local for each half; `first` and those after it are free. */
  readonly locals: EffectLocals & { readonly event: number; readonly broken: number; readonly first: number };
  /** How often each lane is asked for. */
  readonly uses: readonly number[];
  readonly imports: readonly string[];
}

/** The instructions of a turn so far. */
export interface Values {
  readonly code: number[];
  /** Puts a lane where it will be asked for: in locals, or nowhere if it can be computed when it is asked for. */
  readonly make: (lane: Lane) => void;
  /** Puts a lane on the stack. */
  readonly value: (lane: Lane, half: Half) => void;
  /** The number after the last local. */
  readonly end: () => number;
}

/**
 * Values that are used once are left on the stack, others are locals: one for singles, one for each half of doubles.
 * Lanes are made in their order.
 */
export function emitValues(program: Program, frame: Frame): Values {
  const { all } = program;
  const { columns, halves, locals, uses, imports, firstTable } = frame;
  let end = locals.first;
  /** The first local of a lane. */
  const localOf = new Map<Lane, number>();
  const code: number[] = [];
  const partsOf = ({ type }: Instruction): readonly Half[] => (type === 'f32' ? [0] : halves);

  const put = (...bytes: readonly number[]): void => void code.push(...bytes);
  const localAt = (lane: Lane, half: Half): number => localOf.get(lane)! + (all[lane]!.type === 'f32' ? 0 : half);
  const value = (lane: Lane, half: Half): void => {
    if (localOf.has(lane)) put(...get(localAt(lane, half)));
    else compute(lane, half);
  };
  const compute = (lane: Lane, half: Half): void => {
    const one = all[lane]!;
    if (one.kind === 'convert') convert(one, half);
    else {
      for (const arg of one.args) value(arg, half);
      put(...instruction(one, half));
    }
  };
  const convert = ({ type, args }: Instruction, half: Half): void => {
    const [from = -1] = args;
    if (type === 'f64') {
      value(from, 0);
      if (half === 1) put(...get(localAt(from, 0)), ...halvesOf(1));
      put(...simd(VECTOR.promoteLow));
    } else {
      for (const part of halves) {
        value(from, part);
        put(...simd(VECTOR.demoteZero));
      }
      put(...halvesOf(0));
    }
  };
  const instruction = (one: Instruction, half: Half): number[] => {
    switch (one.kind) {
      case 'constant':
        return one.type === 'f64' ? constant(one.bits) : constant(one.bits | (one.bits << 32n));
      case 'operation':
        return simd(OPERATIONS[one.type][one.op]);
      case 'shift':
        return [...i32(one.by), ...simd(SHIFTS[one.type][one.op])];
      case 'column':
        return load(1 + one.column, columns[one.column]!, locals.event, one.type, half);
      case 'lookup':
        return emitLookup(firstTable + one.table, locals);
      case 'convert':
      case 'patch':
        throw new TypeError(`a ${one.kind} is not one instruction`);
    }
  };
  /** Computes it into locals. */
  const keep = (lane: Lane, how: (half: Half) => void): void => {
    const parts = partsOf(all[lane]!);
    const first = end;
    end += parts.length;
    for (const half of parts) {
      how(half);
      put(...set(first + half));
    }
    localOf.set(lane, first);
  };
  /** Of what would be computed on the stack for this one. */
  const depths = new Map<Lane, number>();
  const depth = ({ args }: Instruction): number =>
    1 + args.reduce((most, arg) => (localOf.has(arg) ? most : Math.max(most, depths.get(arg)!)), 0);
  const make = (lane: Lane): void => {
    const one = all[lane]!;
    depths.set(lane, depth(one));
    if (uses[lane] === 0 || one.kind === 'constant') return;
    if (one.kind === 'patch') {
      // Arguments are asked for lane by lane.
      for (const arg of one.args)
        if (!localOf.has(arg))
          keep(arg, (half) => {
            compute(arg, half);
          });
      const [unpatched = -1, where = -1, ...of] = one.args;
      keep(lane, (half) => {
        value(unpatched, half);
      });
      for (const half of partsOf(one)) {
        const places = {
          result: localAt(lane, half),
          where: localAt(where, half),
          of: of.map((arg) => localAt(arg, half)),
        };
        put(...emitPatch(one, places, imports.indexOf(importName(one)), isAlways(program, one)));
      }
    } else if (uses[lane]! > 1 || depth(one) > DEEPEST) {
      keep(lane, (half) => {
        compute(lane, half);
      });
    }
  };
  return { code, make, value, end: () => end };
}
