/**
 * Opcodes after the prefix 0xfd, of WebAssembly's fixed-width SIMD (core specification 2.0, ch. 5.4.8). Two doubles, or
 * two 64-bit words, at a time. Comparisons give words of all ones or all zeros. Arithmetic is IEEE 754, minimum and
 * maximum are those of Math.min and Math.max: lane by lane the bits of the plain evaluator.
 */
export const OPERATIONS = {
  ...{ add: 0xf0, sub: 0xf1, mul: 0xf2, div: 0xf3, min: 0xf4, max: 0xf5 },
  ...{ abs: 0xec, negative: 0xed, sqrt: 0xef, floor: 0x75 },
  ...{ eq: 0x47, lt: 0x49, gt: 0x4a, le: 0x4b, ge: 0x4c },
  ...{ not: 0x4d, and: 0x4e, andNot: 0x4f, or: 0x50, xor: 0x51 },
  /** The bits of the first where the third has ones, else of the second. */
  select: 0x52,
  ...{ addWords: 0xce, equalWords: 0xd6 },
} as const;

/** By a number of bits that is fixed. */
export const SHIFTS = { left: 0xcb, rightUnsigned: 0xcd } as const;

export type Operation = keyof typeof OPERATIONS;

/** A value of two lanes: its number in the program. */
export type Lane = number;

/** Plain data. */
export type Instruction =
  | { readonly kind: 'column'; readonly column: number; readonly args: readonly Lane[] }
  | { readonly kind: 'constant'; readonly bits: bigint; readonly args: readonly Lane[] }
  | { readonly kind: 'operation'; readonly op: Operation; readonly args: readonly Lane[] }
  | { readonly kind: 'shift'; readonly op: keyof typeof SHIFTS; readonly by: number; readonly args: readonly Lane[] }
  /** Of table `table`: the whole number at the index args[0], as a double. */
  | { readonly kind: 'lookup'; readonly table: number; readonly args: readonly Lane[] }
  /** args[0], but where args[1] has ones what the plain function gives for args[2], … */
  | { readonly kind: 'patch'; readonly fn: string; readonly args: readonly Lane[] };

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

export const column = (p: Program, number: number): Lane =>
  put(p, `column ${number}`, { kind: 'column', column: number, args: [] });

/** The same 64 bits in both lanes. */
export function word(p: Program, bits: bigint): Lane {
  const unsigned = BigInt.asUintN(64, bits);
  return put(p, `word ${unsigned}`, { kind: 'constant', bits: unsigned, args: [] });
}

const bitsOf = new DataView(new ArrayBuffer(8));

export function number(p: Program, value: number): Lane {
  bitsOf.setFloat64(0, value);
  return word(p, bitsOf.getBigUint64(0));
}

export const operation = (p: Program, op: Operation, ...args: readonly Lane[]): Lane =>
  put(p, `${op} ${args.join(' ')}`, { kind: 'operation', op, args });

export const shift = (p: Program, op: keyof typeof SHIFTS, lane: Lane, by: number): Lane =>
  put(p, `${op} ${by} ${lane}`, { kind: 'shift', op, by, args: [lane] });

export function lookup(p: Program, values: Int32Array, index: Lane): Lane {
  const known = p.tables.indexOf(values);
  const table = known < 0 ? p.tables.push(values) - 1 : known;
  return put(p, `lookup ${table} ${index}`, { kind: 'lookup', table, args: [index] });
}

const ALL_ONES = (1n << 64n) - 1n;

/** The plain function of `args`, of every event: for what has no instructions. */
export const always = (p: Program, fn: string, args: readonly Lane[]): Lane =>
  patch(p, fn, number(p, 0), word(p, ALL_ONES), args);

/** Whether a patch is of every event. */
export function isAlways({ all }: Program, { args }: Instruction): boolean {
  const where = all[args[1]!]!;
  return where.kind === 'constant' && where.bits === ALL_ONES;
}

/** `value`, with the plain function of `args` in the lanes where `where` has ones: for what is rare. */
export const patch = (p: Program, fn: string, value: Lane, where: Lane, args: readonly Lane[]): Lane =>
  put(p, `patch ${fn} ${value} ${where} ${args.join(' ')}`, { kind: 'patch', fn, args: [value, where, ...args] });
