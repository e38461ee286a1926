import { emitAdd, emitLookup, validLanes, type EffectLocals } from './emit_effects.js';
import { address, at, constant, CORE, EMPTY, get, i32, I32, I64_EQZ, set, simd, VECTOR } from './instructions.js';
import { isAlways, OPERATIONS, SHIFTS, type Effect, type Instruction, type Lane, type Program } from './lanes.js';
import { moduleBytes, TYPE, unsigned, type FunctionType } from './module_bytes.js';

/** How a column of the program lies in memory. */
export type Stored = 'f64' | 'f32' | 'u16' | 'u8';

export interface Emitted {
  readonly bytes: Uint8Array;
  /** Plain functions that the module calls. */
  readonly plain: readonly string[];
}

/** Operations that are nested on the stack, at most. */
const DEEPEST = 50;
/**
 * A module whose function `run(events, column 0, …, output 0, …, table 0, …)` computes the outputs and does what has an
 * effect, two events a turn; all but the first are addresses in the memory: tables that are looked up, then those that
 * are added to. It gives 0 if all demands held. Values that are used once are left on the stack, others are locals.
 * It reads and writes one event more where their number is odd.
 */
export function emit(program: Program, columns: readonly Stored[], outputs: readonly Lane[]): Emitted {
  const { all, tables, effects } = program;
  const adds = effects.filter((effect) => effect.kind === 'add');
  const uses = countUses(all, [...outputs, ...effects.flatMap(rootsOf)]);
  const plain = [...new Set(all.flatMap((one, id) => (one.kind === 'patch' && uses[id]! > 0 ? [one.fn] : [])))];
  const arity = new Map(all.flatMap((one) => (one.kind === 'patch' ? [[one.fn, one.args.length - 2] as const] : [])));
  const firstTable = 1 + columns.length + outputs.length;
  const addresses = firstTable + tables.length + adds.length;
  const event = addresses;
  const effectLocals: EffectLocals = { row: addresses + 1, valid: addresses + 2, words: addresses + 3 };
  const broken = addresses + 4;
  let locals = addresses + 5;
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
        return load(1 + one.column, columns[one.column]!, event);
      case 'lookup':
        return emitLookup(firstTable + one.table, effectLocals);
      case 'patch':
        throw new TypeError('a patch is kept in a local');
    }
  };
  /** What is on the stack now. */
  const keep = (lane: Lane): void => {
    localOf.set(lane, locals);
    put(...set(locals++));
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
      put(...simd(OPERATIONS.not), ...get(broken), ...simd(OPERATIONS.or), ...set(broken));
    } else {
      const table = firstTable + tables.length + adds.indexOf(one);
      put(...emitAdd(one, table, stacked(one.slot), one.parts.map(stacked), effectLocals));
    }
  };
  if (adds.length > 0) put(...validLanes(event), ...set(effectLocals.valid));
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
      put(...patched(one, localOf, lane, plain.indexOf(one.fn), isAlways(program, one)));
    } else if (uses[lane]! > 1 || depth(one) > DEEPEST) {
      compute(lane);
      keep(lane);
    }
  }
  outputs.forEach((lane, i) => {
    put(...address(1 + columns.length + i, event, 3));
    value(lane);
    put(...simd(VECTOR.store), ...at(3));
  });
  const loop = [
    ...[CORE.block, EMPTY, CORE.loop, EMPTY],
    ...[...get(event), ...get(0), I32.lessUnsigned, I32.eqz, CORE.brIf, 1],
    ...code,
    ...[...get(event), ...i32(2), I32.add, ...set(event), CORE.br, 0, CORE.end, CORE.end],
    ...[...get(broken), ...simd(VECTOR.anyTrue)],
  ];
  const type: FunctionType = { parameters: Array<number>(addresses).fill(TYPE.i32), results: [TYPE.i32] };
  const functions = plain.map((fn): [string, FunctionType] => [
    fn,
    { parameters: Array<number>(arity.get(fn)!).fill(TYPE.f64), results: [TYPE.f64] },
  ]);
  return {
    bytes: moduleBytes({
      functions,
      run: {
        type,
        locals: [
          [2, TYPE.i32],
          [locals - addresses - 2, TYPE.v128],
        ],
        code: loop,
      },
    }),
    plain,
  };
}

function countUses(all: readonly Instruction[], outputs: readonly Lane[]): number[] {
  const uses = all.map(() => 0);
  for (const lane of outputs) uses[lane]!++;
  for (let lane = all.length - 1; lane >= 0; lane--) {
    if (uses[lane] === 0) continue;
    for (const arg of all[lane]!.args) uses[arg]!++;
  }
  return uses;
}

const rootsOf = (effect: Effect): Lane[] =>
  // Parts twice: once for each lane.
  effect.kind === 'demand' ? [effect.holds] : [effect.slot, ...effect.parts, ...effect.parts];

function load(array: number, stored: Stored, event: number): number[] {
  switch (stored) {
    case 'f64':
      return [...address(array, event, 3), ...simd(VECTOR.load), ...at(3)];
    case 'f32':
      // Two singles, each to the double that it is.
      return [...address(array, event, 2), ...simd(VECTOR.load64Zero), ...at(2), ...simd(VECTOR.promoteLow)];
    case 'u16':
      return [
        ...[...address(array, event, 1), ...simd(VECTOR.load32Zero), ...at(1)],
        ...[...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
    case 'u8':
      return [
        ...[...address(array, event, 0), ...simd(VECTOR.load16Splat), ...at(0), ...simd(VECTOR.extendLowUnsigned8)],
        ...[...simd(VECTOR.extendLowUnsigned16), ...simd(VECTOR.doublesOfWords32)],
      ];
  }
}

function patched(
  { args }: Instruction,
  localOf: ReadonlyMap<Lane, number>,
  lane: Lane,
  fn: number,
  always: boolean,
): number[] {
  const [where = -1, ...of] = args.slice(1).map((arg) => localOf.get(arg)!);
  const result = localOf.get(lane)!;
  const each = [0, 1].flatMap((side) => {
    const call = [
      ...[...get(result), ...of.flatMap((arg) => [...get(arg), ...simd(VECTOR.extractDouble), side])],
      ...[CORE.call, ...unsigned(fn), ...simd(VECTOR.replaceDouble), side, ...set(result)],
    ];
    if (always) return call;
    return [...get(where), ...simd(VECTOR.extract64), side, I64_EQZ, I32.eqz, CORE.if, EMPTY, ...call, CORE.end];
  });
  return always ? each : [...get(where), ...simd(VECTOR.anyTrue), CORE.if, EMPTY, ...each, CORE.end];
}
