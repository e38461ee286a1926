import fc from 'fast-check';
import type { Column } from '../../../operators/batch.js';
import type { Formula } from '../../../operators/expressions/formula.js';
import type { Signature } from '../../../operators/expressions/types.js';
import type { Event } from './naive.js';

const at = 0;
const name = (...names: string[]) => fc.constantFrom(...names).map((n): Formula => ({ kind: 'name', name: n, at }));
const binary = (op: fc.Arbitrary<'+' | '-' | '*' | '/' | '^' | 'and' | 'or'>, side: fc.Arbitrary<Formula>) =>
  fc.record({ kind: fc.constant('binary' as const), op, left: side, right: side, at: fc.constant(at) });
const unary = (op: '-' | 'not', of: fc.Arbitrary<Formula>) =>
  fc.record({ kind: fc.constant('unary' as const), op: fc.constant(op), of, at: fc.constant(at) });
const comparison = (side: fc.Arbitrary<Formula>) =>
  fc.record({
    kind: fc.constant('comparison' as const),
    op: fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
    left: side,
    right: side,
    at: fc.constant(at),
  });
const call = (fns: string[], ...args: fc.Arbitrary<Formula>[]) =>
  fc.record({
    kind: fc.constant('call' as const),
    fn: fc.constantFrom(...fns),
    args: fc.tuple(...args),
    at: fc.constant(at),
  });
const index = (list: fc.Arbitrary<Formula>) =>
  fc.record({ kind: fc.constant('index' as const), list, index: fc.integer({ min: -3, max: 3 }), at: fc.constant(at) });

const literal = fc
  .oneof(
    fc.constantFrom(0, 1, 2, 3, 4, 5, 0.5, 1e-3),
    fc.nat(9999).map((n) => n / 1000),
  )
  .map((value): Formula => ({ kind: 'number', value, at }));
const exponent = fc.oneof(literal, unary('-', literal));

const size = { depthIdentifier: fc.createDepthIdentifier(), maxDepth: 4, withCrossShrink: true };
const UNARY = ['abs', 'sqrt', 'floor', 'exp', 'log', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'asinh'];
const BINARY = ['atan2', 'hypot', 'min', 'max', 'delta_phi'];
const ARITHMETIC = fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '^' as const);
const LOGIC = fc.constantFrom('and' as const, 'or' as const);

/** Well-typed formulas over COLUMNS, by what they give. */
export const formulas = fc.letrec<Record<'number' | 'truth' | 'list' | 'truths', Formula>>((tie) => {
  const elementwise = (one: fc.Arbitrary<Formula>, other: fc.Arbitrary<Formula>, condition: fc.Arbitrary<Formula>) => [
    unary('-', one),
    call(UNARY, one),
    call(BINARY, one, other),
    call(['min', 'max'], one, other, other),
    call(['where'], condition, one, other),
    call(['mass'], one, other, other, other, other, other),
    call(['delta_r'], one, other, other, other),
  ];
  const number = tie('number');
  const list = tie('list');
  const power = (of: fc.Arbitrary<Formula>) =>
    fc.tuple(of, exponent).map(([left, right]): Formula => ({ kind: 'binary', op: '^', left, right, at }));
  const anyList = (side: fc.Arbitrary<Formula>) => fc.oneof({ weight: 2, arbitrary: list }, side);
  return {
    number: fc.oneof(
      size,
      fc.oneof(name('a', 'b', 'c', 'n', 'pi'), literal),
      binary(ARITHMETIC, number),
      ...elementwise(number, number, tie('truth')),
      power(number),
      index(list),
      call(['sum', 'min', 'max', 'count'], list),
      call(['count'], tie('truths')),
    ),
    truth: fc.oneof(
      size,
      comparison(number),
      name('flag'),
      binary(LOGIC, tie('truth')),
      unary('not', tie('truth')),
      call(['where'], tie('truth'), tie('truth'), tie('truth')),
    ),
    list: fc.oneof(
      size,
      name('J', 'K', 'L'),
      ...elementwise(list, anyList(number), fc.oneof(tie('truth'), tie('truths'))),
      fc.tuple(ARITHMETIC, list, anyList(number), fc.boolean()).map(([op, one, other, swap]): Formula => ({
        ...{ kind: 'binary', op, at },
        ...(swap ? { left: other, right: one } : { left: one, right: other }),
      })),
      power(list),
    ),
    truths: fc.oneof(
      size,
      fc.tuple(comparison(list), anyList(number)).map(([f, right]): Formula => ({ ...f, right })),
      binary(LOGIC, tie('truths')),
      unary('not', tie('truths')),
      call(['where'], fc.oneof(tie('truth'), tie('truths')), tie('truths'), tie('truths')),
    ),
  };
});

export const SCOPE: ReadonlyMap<string, Signature> = new Map(
  Object.entries({
    a: 'number',
    b: 'number',
    c: 'number',
    n: 'number',
    flag: 'boolean',
    J: 'list',
    K: 'list',
    L: 'list',
  }).map(([column, type]): [string, Signature] => [column, { type: type as Signature['type'], unit: null }]),
);

const real = fc.oneof(
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 1e300, 5e-324),
);
const float = real.map(Math.fround);
const pairs = fc.array(fc.tuple(float, real), { maxLength: 4 });

/** Events as plain objects; J and K have the same lengths, those of L differ at times. */
export const events: fc.Arbitrary<Event[]> = fc.array(
  fc
    .record({
      a: float,
      b: float,
      c: real,
      n: fc.integer({ min: -5, max: 5 }),
      flag: fc.boolean(),
      JK: pairs,
      L: pairs,
      same: fc.boolean(),
    })
    .map(({ JK, L, same, ...rest }) => ({
      ...rest,
      J: JK.map(([j]) => j),
      K: JK.map(([, k]) => k),
      L: (same ? JK : L).map(([, l]) => l),
    })),
  { maxLength: 12 },
);

/** The columns of events: a, b, J float32, c, K, L float64, n int32, flag uint8; offsets begin at `start`. */
export function columnsOf(rows: readonly Event[], start = 0): Map<string, Column> {
  const numbers = (key: string) => rows.map((row) => Number(row[key]));
  const lists = (key: string, make: (values: number[]) => Float32Array | Float64Array): Column => {
    const offsets = Int32Array.of(start, ...rows.map(() => 0));
    const values: number[] = Array.from({ length: start }, () => 77);
    rows.forEach((row, i) => {
      values.push(...(row[key] as number[]));
      offsets[i + 1] = values.length;
    });
    return { offsets, values: make(values) };
  };
  return new Map<string, Column>([
    ['a', Float32Array.from(numbers('a'))],
    ['b', Float32Array.from(numbers('b'))],
    ['c', Float64Array.from(numbers('c'))],
    ['n', Int32Array.from(numbers('n'))],
    ['flag', Uint8Array.from(numbers('flag'))],
    ['J', lists('J', (values) => Float32Array.from(values))],
    ['K', lists('K', (values) => Float64Array.from(values))],
    ['L', lists('L', (values) => Float64Array.from(values))],
  ]);
}
