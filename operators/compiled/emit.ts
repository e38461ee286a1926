import { isAlways, OPERATIONS, SHIFTS, type Instruction, type Lane, type Program } from './lanes.js';
import { F64, I32, moduleBytes, signed, unsigned, V128, type FunctionType } from './module_bytes.js';

/** How a column of the program lies in memory. */
export type Stored = 'f64' | 'f32';

export interface Emitted {
  readonly bytes: Uint8Array;
  /** Plain functions that the module calls. */
  readonly plain: readonly string[];
}

/** Operations that are nested on the stack, at most. */
const DEEPEST = 50;
const SIMD = 0xfd;
/** Instructions of the core, by their names in the specification. */
const CORE = { block: 0x02, loop: 0x03, if: 0x04, end: 0x0b, br: 0x0c, brIf: 0x0d, call: 0x10 } as const;
const EMPTY = 0x40;
const get = (local: number): number[] => [0x20, ...unsigned(local)];
const set = (local: number): number[] => [0x21, ...unsigned(local)];
const simd = (opcode: number): number[] => [SIMD, ...unsigned(opcode)];
const i32 = (value: number): number[] => [0x41, ...signed(value)];
const I32_ADD = 0x6a;
const I32_LT_U = 0x49;
const I64_EQZ = 0x50;

/**
 * A module whose function `run(events, column 0, …, output 0, …)` computes the outputs, two events a turn; columns and
 * outputs are addresses in the memory. Values that are used once are left on the stack, others are locals.
 * It reads and writes one event more where their number is odd.
 */
export function emit(program: Program, columns: readonly Stored[], outputs: readonly Lane[]): Emitted {
  const { all } = program;
  const uses = countUses(all, outputs);
  const plain = [...new Set(all.flatMap((one, id) => (one.kind === 'patch' && uses[id]! > 0 ? [one.fn] : [])))];
  const arity = new Map(all.flatMap((one) => (one.kind === 'patch' ? [[one.fn, one.args.length - 2] as const] : [])));
  const addresses = 1 + columns.length + outputs.length;
  const event = addresses;
  let locals = addresses + 1;
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
        return [...simd(0x0c), ...bytesOf(one.bits), ...bytesOf(one.bits)];
      case 'operation':
        return simd(OPERATIONS[one.op]);
      case 'shift':
        return [...i32(one.by), ...simd(SHIFTS[one.op])];
      case 'column':
        return load(1 + one.column, columns[one.column]!, event);
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
  all.forEach((one, lane) => {
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
  });
  outputs.forEach((lane, i) => {
    put(...address(1 + columns.length + i, event, 3));
    value(lane);
    put(...simd(0x0b), 3, 0);
  });
  const loop = [
    ...[CORE.block, EMPTY, CORE.loop, EMPTY],
    ...[...get(event), ...get(0), I32_LT_U, 0x45, CORE.brIf, 1],
    ...code,
    ...[...get(event), ...i32(2), I32_ADD, ...set(event), CORE.br, 0, CORE.end, CORE.end],
  ];
  const type: FunctionType = { parameters: Array<number>(addresses).fill(I32), results: [] };
  const functions = plain.map((fn): [string, FunctionType] => [
    fn,
    { parameters: Array<number>(arity.get(fn)!).fill(F64), results: [F64] },
  ]);
  const vectors = locals - addresses - 1;
  return {
    bytes: moduleBytes({
      functions,
      run: {
        type,
        locals: [
          [1, I32],
          [vectors, V128],
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

/** Address of element `event` of an array of 2^shift bytes each. */
const address = (array: number, event: number, shift: number): number[] => [
  ...get(array),
  ...[...get(event), ...i32(shift), 0x74],
  I32_ADD,
];

const load = (array: number, stored: Stored, event: number): number[] =>
  stored === 'f64'
    ? [...address(array, event, 3), ...simd(0x00), 3, 0]
    : // Two singles, each to the double that it is.
      [...address(array, event, 2), ...simd(0x5d), 2, 0, ...simd(0x5f)];

function patched(
  { args }: Instruction,
  localOf: ReadonlyMap<Lane, number>,
  lane: Lane,
  fn: number,
  always: boolean,
): number[] {
  const [where = -1, ...of] = args.slice(1).map((arg) => localOf.get(arg)!);
  const result = localOf.get(lane)!;
  const each = [0, 1].flatMap((at) => {
    const call = [
      ...[...get(result), ...of.flatMap((arg) => [...get(arg), ...simd(0x21), at])],
      ...[CORE.call, ...unsigned(fn), ...simd(0x22), at, ...set(result)],
    ];
    if (always) return call;
    return [...get(where), ...simd(0x1d), at, I64_EQZ, 0x45, CORE.if, EMPTY, ...call, CORE.end];
  });
  return always ? each : [...get(where), ...simd(0x53), CORE.if, EMPTY, ...each, CORE.end];
}

const bytesOf = (bits: bigint): number[] => Array.from({ length: 8 }, (_, i) => Number((bits >> BigInt(8 * i)) & 255n));
