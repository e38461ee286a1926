import { describe, expect, it } from 'vitest';
import { philox } from '../../../operators/random/philox.js';
import { isTrue, VECTOR_CONDITIONS, VECTOR_FUNCTIONS } from '../../../operators/compiled/vector_functions.js';
import { number, noProgram } from '../../../operators/compiled/lanes.js';
import { FUNCTIONS } from '../../../operators/expressions/functions.js';
import { OPERATOR_LOOPS } from '../../../operators/expressions/operator_loops.js';
import type { Precision } from '../../../operators/expressions/precision.js';
import { readTable } from '../expressions/math/tables.js';
import { both, firstDifference, HOSTILE } from './both.js';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const WORDS: ReadonlySet<string> = new Set(['and', 'or']);

/** A formula that calls it with the columns a, b, …; null: no formula is only this. */
function formulaOf(op: string): { text: string; args: number } | null {
  const parameters = FUNCTIONS.get(op)?.parameters;
  if (parameters) return { text: `${op}(${NAMES.slice(0, parameters.length).join()})`, args: parameters.length };
  if (op === 'negative') return { text: '-a', args: 1 };
  if (op === 'not') return { text: 'not (a > 0)', args: 1 };
  if (WORDS.has(op)) return { text: `a > 0 ${op} b > 0`, args: 2 };
  return op === 'one' ? null : { text: `a ${op} b`, args: 2 };
}

/** n columns of doubles with random bits: every exponent, infinities and NaN among them. */
function randomBits(n: number, events: number, stream: number): Float64Array[] {
  const bits = new Uint32Array(4);
  return Array.from({ length: n }, (_, c) => {
    const words = new Uint32Array(2 * events);
    for (let i = 0; i < events; i++) {
      philox(i, c, stream, 0, 17, 4, bits);
      words.set(bits.subarray(0, 2), 2 * i);
    }
    return new Float64Array(words.buffer);
  });
}

/** The same of singles. */
const randomSingles = (n: number, events: number): Float64Array[] =>
  randomBits(n, events, 0).map(({ buffer }) => Float64Array.from(new Float32Array(buffer, 0, events)));

const randomOf = { f64: (n: number, events: number) => randomBits(n, events, 0), f32: randomSingles } as const;

/** n columns of the size that detectors see, in [−limit, limit). */
const usual = (n: number, events: number, limit: number): Float64Array[] =>
  randomBits(n, events, 1).map((column) => {
    const words = new Uint32Array(column.buffer);
    return Float64Array.from(column, (_, i) => ((words[2 * i]! + words[2 * i + 1]! / 2 ** 32) / 2 ** 31 - 1) * limit);
  });

const named = (columns: readonly Float64Array[]) => Object.fromEntries(columns.map((x, i) => [NAMES[i]!, x]));
const compare = (text: string, columns: Float64Array[], precision: Precision): string =>
  firstDifference(both(text, named(columns), columns[0]!.length, precision), columns);

const ops = [...VECTOR_FUNCTIONS.keys(), ...VECTOR_CONDITIONS.keys(), 'where', 'tan', '^']
  .map((op) => [op, formulaOf(op)] as const)
  .filter(([, formula]) => formula !== null)
  .map(([op, formula]) => [op, formula!] as const);

describe('instructions', () => {
  it('are there for every operator and function but tan and the general power', () => {
    const elementwise = [
      ...OPERATOR_LOOPS.keys(),
      ...[...FUNCTIONS].flatMap(([name, { loop }]) => (loop ? [name] : [])),
    ];
    const missing = elementwise.filter((op) => !VECTOR_FUNCTIONS.has(op) && !VECTOR_CONDITIONS.has(op));
    expect(missing.sort()).toEqual(['^', 'tan', 'where']);
  });

  it('share what is the same: mass of the same leptons costs nothing twice', () => {
    const p = noProgram();
    const args = [1, 2, 3, 4, 5, 6].map((x) => number(p, x));
    const first = VECTOR_FUNCTIONS.get('mass')!(p, ...args);
    const { length } = p.all;
    expect(VECTOR_FUNCTIONS.get('mass')!(p, ...args)).toBe(first);
    expect(isTrue(p, first)).toBe(isTrue(p, first));
    expect(p.all.length).toBe(length + 3);
  });
});

describe.each(['f64', 'f32'] as const)('in %s,', (precision) => {
  it.each(ops)('%s has the bits of the plain loop where functions change their ways', (_, { text, args }) => {
    const n = HOSTILE.length;
    if (args <= 2) {
      const first = Float64Array.from({ length: args === 1 ? n : n * n }, (_, i) => HOSTILE[i % n]!);
      const second = first.map((_, i) => HOSTILE[Math.floor(i / n)]!);
      expect(compare(text, [first, second].slice(0, args), precision)).toBe('none');
      return;
    }
    const bits = randomBits(args, 40_000, 2).map((x) => new Uint32Array(x.buffer));
    const columns = bits.map((words) => Float64Array.from({ length: 40_000 }, (_, i) => HOSTILE[words[2 * i]! % n]!));
    expect(compare(text, columns, precision)).toBe('none');
  });

  it.each(ops)('%s has the bits of the plain loop for random bits and usual numbers', (_, { text, args }) => {
    expect(compare(text, randomOf[precision](args, 20_001), precision)).toBe('none');
    for (const limit of [0.5, 7, 1000]) expect(compare(text, usual(args, 20_000, limit), precision)).toBe('none');
  });

  it.each(['asinh', 'atan2', 'cos', 'cosh', 'delta_phi', 'delta_r', 'exp', 'hypot', 'log', 'mass', 'sin', 'sinh'])(
    '%s has the bits of the plain loop at the cases of the reference',
    (fn) => {
      const cases = readTable(fn);
      const { text, args } = formulaOf(fn)!;
      const columns = Array.from({ length: args }, (_, c) => Float64Array.from(cases, (row) => row.args[c]!));
      expect(compare(text, columns, precision)).toBe('none');
    },
  );
});
