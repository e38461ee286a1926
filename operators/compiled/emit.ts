import { emitBody } from './emit_body.js';
import type { Stored } from './emit_load.js';
import { CORE, EMPTY, get, i32, I32, set, simd, VECTOR } from './instructions.js';
import { rootsOf, type Instruction, type Lane, type Program } from './lanes.js';
import { moduleBytes, TYPE, type FunctionType } from './module_bytes.js';

export interface Emitted {
  readonly bytes: Uint8Array;
  /** Plain functions that the module calls. */
  readonly plain: readonly string[];
}

/**
 * A module whose function `run(events, column 0, …, output 0, …, table 0, …)` computes the outputs and does what has an
 * effect, two events a turn; all but the first are addresses in the memory: tables that are looked up, then those that
 * are added to. It gives 0 if all demands held. It reads and writes one event more where their number is odd.
 */
export function emit(program: Program, columns: readonly Stored[], outputs: readonly Lane[]): Emitted {
  const { all, tables, effects } = program;
  const uses = countUses(all, [...outputs, ...effects.flatMap(rootsOf)]);
  const plain = [...new Set(all.flatMap((one, id) => (one.kind === 'patch' && uses[id]! > 0 ? [one.fn] : [])))];
  const arity = new Map(all.flatMap((one) => (one.kind === 'patch' ? [[one.fn, one.args.length - 2] as const] : [])));
  const firstTable = 1 + columns.length + outputs.length;
  const event = firstTable + tables.length + effects.filter(({ kind }) => kind === 'add').length;
  const locals = { event, row: event + 1, valid: event + 2, words: event + 3, broken: event + 4, first: event + 5 };
  const { code, end } = emitBody(program, { columns, outputs, uses, plain, firstTable, locals });
  const loop = [
    ...[CORE.block, EMPTY, CORE.loop, EMPTY],
    ...[...get(event), ...get(0), I32.lessUnsigned, I32.eqz, CORE.brIf, 1],
    ...code,
    ...[...get(event), ...i32(2), I32.add, ...set(event), CORE.br, 0, CORE.end, CORE.end],
    ...[...get(locals.broken), ...simd(VECTOR.anyTrue)],
  ];
  const type: FunctionType = { parameters: Array<number>(event).fill(TYPE.i32), results: [TYPE.i32] };
  const functions = plain.map((fn): [string, FunctionType] => [
    fn,
    { parameters: Array<number>(arity.get(fn)!).fill(TYPE.f64), results: [TYPE.f64] },
  ]);
  const ofLocals = [
    [2, TYPE.i32],
    [end - locals.valid, TYPE.v128],
  ] as const;
  return { bytes: moduleBytes({ functions, run: { type, locals: ofLocals, code: loop } }), plain };
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
