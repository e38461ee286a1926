/**
 * Bytes of a WebAssembly module: numbers in LEB128, vectors, sections (core specification 2.0, ch. 5). Only what the
 * compiler writes.
 */
export type Bytes = readonly number[];

/** Types of values. */
export const TYPE = { f64: 0x7c, i32: 0x7f, v128: 0x7b } as const;

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** For i32.const: signed LEB128. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 127;
    if ((rest >> 6 === 0 && (low & 64) === 0) || (rest >> 6 === -1 && (low & 64) !== 0)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

export const vector = (items: readonly Bytes[]): number[] => [...unsigned(items.length), ...items.flat()];

export const name = (text: string): number[] => {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
};

const section = (id: number, content: Bytes): number[] => [id, ...unsigned(content.length), ...content];

export interface FunctionType {
  readonly parameters: Bytes;
  readonly results: Bytes;
}

export interface ModuleParts {
  /** From module 'plain', under their names; the first functions of the module. */
  readonly functions: readonly (readonly [name: string, type: FunctionType])[];
  /** The one function of its own, exported as 'run'. */
  readonly run: {
    readonly type: FunctionType;
    readonly locals: readonly (readonly [number, number])[];
    readonly code: Bytes;
  };
}

/** A module with a memory from 'plain' 'memory', functions from outside, and one of its own. */
export function moduleBytes({ functions, run }: ModuleParts): Uint8Array {
  const types = [...functions.map(([, type]) => type), run.type];
  const ofType = ({ parameters, results }: FunctionType): number[] => [
    ...[0x60, ...unsigned(parameters.length), ...parameters],
    ...[...unsigned(results.length), ...results],
  ];
  const imports = [
    [...name('plain'), ...name('memory'), 2, 0, ...unsigned(1)],
    ...functions.map(([fn], i) => [...name('plain'), ...name(fn), 0, ...unsigned(i)]),
  ];
  const body = [...vector(run.locals.map(([count, type]) => [...unsigned(count), type])), ...run.code, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types.map(ofType))),
    ...section(2, vector(imports)),
    ...section(3, vector([unsigned(functions.length)])),
    ...section(7, vector([[...name('run'), 0, ...unsigned(functions.length)]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}
