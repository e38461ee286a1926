import type { Precision } from '../expressions/precision.js';
import type { Operation, Shift } from './operations.js';

/** A value of every event of a turn: its number in the program. */
export type Lane = number;

/** Plain data. `type`: what its lanes hold. */
export type Instruction = { readonly type: Precision; readonly args: readonly Lane[] } & (
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'constant'; readonly bits: bigint }
  | { readonly kind: 'operation'; readonly op: Operation }
  | { readonly kind: 'shift'; readonly op: Shift; readonly by: number }
  /** The other type: the double that a single is, the single nearest to a double. */
  | { readonly kind: 'convert' }
  /** Of table `table`: the whole number at the index args[0], as a double. */
  | { readonly kind: 'lookup'; readonly table: number }
  /** args[0], but where args[1] has ones what the plain function gives for args[2], … */
  | { readonly kind: 'patch'; readonly fn: string }
);

/** Instructions without repetition, each after its arguments. */
export interface Program {
  readonly all: Instruction[];
  readonly byKey: Map<string, Lane>;
  /** Tables of whole numbers that it looks up. */
  readonly tables: Int32Array[];
  readonly effects: Effect[];
}

/**
 * What is done for every event with values of its lanes. `add`: 1 to the counter of row `slot` of a table, or, with
 * parts, each of them to its place in that row. `demand`: the value has to be all ones, or the run says that it was not.
 * A slot is a whole number from 0; one beyond the rows goes to a row that nobody reads.
 */
export type Effect =
  | { readonly kind: 'add'; readonly rows: number; readonly slot: Lane; readonly parts: readonly Lane[] }
  | { readonly kind: 'demand'; readonly holds: Lane };

/** Values that an effect takes; parts twice: once for each lane. */
export const rootsOf = (effect: Effect): Lane[] =>
  effect.kind === 'demand' ? [effect.holds] : [effect.slot, ...effect.parts, ...effect.parts];

export const noProgram = (): Program => ({ all: [], byKey: new Map(), tables: [], effects: [] });

function put(p: Program, key: string, instruction: Instruction): Lane {
  const known = p.byKey.get(key);
  if (known !== undefined) return known;
  p.byKey.set(key, p.all.length);
  return p.all.push(instruction) - 1;
}

export const typeOf = (p: Program, lane: Lane): Precision => p.all[lane]!.type;

/** The type that all of them have. */
function commonType(p: Program, lanes: readonly Lane[]): Precision {
  const [type = 'f64', ...others] = lanes.map((lane) => typeOf(p, lane));
  if (others.some((other) => other !== type)) throw new TypeError('singles and doubles in one operation');
  return type;
}

export const column = (p: Program, number: number, type: Precision = 'f64'): Lane =>
  put(p, `column ${number} ${type}`, { kind: 'column', type, column: number, args: [] });

const WORD = { f64: 64, f32: 32 } as const;

/** The same bits, 64 or 32 of them, in each lane. */
export function word(p: Program, bits: bigint, type: Precision = 'f64'): Lane {
  const unsigned = BigInt.asUintN(WORD[type], bits);
  return put(p, `word ${unsigned} ${type}`, { kind: 'constant', type, bits: unsigned, args: [] });
}

const bitsOf = new DataView(new ArrayBuffer(8));

/** The same number in each lane; of singles the nearest to it. */
export function number(p: Program, value: number, type: Precision = 'f64'): Lane {
  if (type === 'f32') bitsOf.setFloat32(0, value);
  else bitsOf.setFloat64(0, value);
  return word(p, type === 'f32' ? BigInt(bitsOf.getUint32(0)) : bitsOf.getBigUint64(0), type);
}

function valueOf(bits: bigint, type: Precision): number {
  bitsOf.setBigUint64(0, bits << BigInt(64 - WORD[type]));
  return type === 'f32' ? bitsOf.getFloat32(0) : bitsOf.getFloat64(0);
}

export const operation = (p: Program, op: Operation, ...args: readonly Lane[]): Lane =>
  put(p, `${op} ${args.join(' ')}`, { kind: 'operation', type: commonType(p, args), op, args });

export const shift = (p: Program, op: Shift, lane: Lane, by: number): Lane =>
  put(p, `${op} ${by} ${lane}`, { kind: 'shift', type: typeOf(p, lane), op, by, args: [lane] });

/** The lane in that type: columns are read so, and a single that was made a double is that single. */
export function converted(p: Program, lane: Lane, type: Precision): Lane {
  const one = p.all[lane]!;
  if (one.type === type) return lane;
  if (one.kind === 'constant') return number(p, valueOf(one.bits, one.type), type);
  if (type === 'f32' && one.kind === 'column') return column(p, one.column, type);
  if (type === 'f32' && one.kind === 'convert') return one.args[0]!;
  return put(p, `convert ${lane}`, { kind: 'convert', type, args: [lane] });
}

export function lookup(p: Program, values: Int32Array, index: Lane): Lane {
  const known = p.tables.indexOf(values);
  const table = known < 0 ? p.tables.push(values) - 1 : known;
  return put(p, `lookup ${table} ${index}`, { kind: 'lookup', type: 'f64', table, args: [index] });
}

const ALL_ONES = (1n << 64n) - 1n;

/** The plain function of `args`, doubles, of every event: for what has no instructions. */
export const always = (p: Program, fn: string, args: readonly Lane[]): Lane =>
  patch(p, fn, number(p, 0), word(p, ALL_ONES), args);

/** Whether a patch is of every event. */
export function isAlways({ all }: Program, { args }: Instruction): boolean {
  const where = all[args[1]!]!;
  return where.kind === 'constant' && where.bits === ALL_ONES;
}

/** `value`, with the plain function of `args` in the lanes where `where` has ones: for what is rare. */
export const patch = (p: Program, fn: string, value: Lane, where: Lane, args: readonly Lane[]): Lane =>
  put(p, `patch ${fn} ${value} ${where} ${args.join(' ')}`, {
    ...{ kind: 'patch', type: commonType(p, [value, where, ...args]), fn, args: [value, where, ...args] },
  });
