import type { Precision } from '../expressions/precision.js';
import { emitBody } from './emit_body.js';
import type { Stored } from './emit_load.js';
import { importName } from './emit_patch.js';
import { CORE, EMPTY, get, i32, I32, set, simd, VECTOR } from './instructions.js';
import { rootsOf, type Instruction, type Lane, type Program } from './lanes.js';
import { moduleBytes, TYPE, type FunctionType } from './module_bytes.js';

/** A function of the plain evaluator, on one event. */
export interface PlainFunction {
  readonly fn: string;
  readonly precision: Precision;
}

export interface Emitted {
  readonly bytes: Uint8Array;
  /** Plain functions that the module calls, by the name under which it imports them. */
  readonly plain: ReadonlyMap<string, PlainFunction>;
}

/**
 * A module whose function `run(events, column 0, …, output 0, …, table 0, …)` computes the outputs and does what has an
 * effect; all but the first are addresses in the memory: tables that are looked up, then those that are added to. It
 * gives 0 if all demands held. A turn of its loop is two events, or four where there are singles, which are doubles in two
 * halves; it reads and writes whole turns.
 */
export function emit(program: Program, columns: readonly Stored[], outputs: readonly Lane[]): Emitted {
  const { all, tables, effects } = program;
  const uses = countUses(all, [...outputs, ...effects.flatMap(rootsOf)]);
  const patches = all.flatMap((one, id) => (one.kind === 'patch' && uses[id]! > 0 ? [one] : []));
  const plain = new Map(patches.map((one) => [importName(one), { fn: one.fn, precision: one.type }]));
  const arity = new Map(patches.map((one) => [importName(one), one.args.length - 2]));
  const firstTable = 1 + columns.length + outputs.length;
  const event = firstTable + tables.length + effects.filter(({ kind }) => kind === 'add').length;
  const halves = all.some(({ type }, id) => type === 'f32' && uses[id]! > 0) ? BOTH : ONE;
  const valid = event + 4;
  const locals = { event, row: event + 1, words: event + 2, broken: event + 3, valid, first: valid + halves.length };
  const frame = { columns, outputs, halves, uses, imports: [...plain.keys()], firstTable, locals };
  const { code, end } = emitBody(program, frame);
  const loop = [
    ...[CORE.block, EMPTY, CORE.loop, EMPTY],
    ...[...get(event), ...get(0), I32.lessUnsigned, I32.eqz, CORE.brIf, 1],
    ...code,
    ...[...get(event), ...i32(2 * halves.length), I32.add, ...set(event), CORE.br, 0, CORE.end, CORE.end],
    ...[...get(locals.broken), ...simd(VECTOR.anyTrue)],
  ];
  const type: FunctionType = { parameters: Array<number>(event).fill(TYPE.i32), results: [TYPE.i32] };
  const functions = [...arity].map(([name, args]): [string, FunctionType] => [
    name,
    { parameters: Array<number>(args).fill(TYPE.f64), results: [TYPE.f64] },
  ]);
  const ofLocals = [
    [2, TYPE.i32],
    [end - locals.words, TYPE.v128],
  ] as const;
  return { bytes: moduleBytes({ functions, run: { type, locals: ofLocals, code: loop } }), plain };
}

const ONE = [0] as const;
const BOTH = [0, 1] as const;

function countUses(all: readonly Instruction[], outputs: readonly Lane[]): number[] {
  const uses = all.map(() => 0);
  for (const lane of outputs) uses[lane]!++;
  for (let lane = all.length - 1; lane >= 0; lane--) {
    if (uses[lane] === 0) continue;
    const { kind, type, args } = all[lane]!;
    // Both halves of the doubles ask for the singles.
    for (const arg of args) uses[arg]! += kind === 'convert' && type === 'f64' ? 2 : 1;
  }
  return uses;
}
