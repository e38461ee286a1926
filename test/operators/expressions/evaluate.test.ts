import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../operators/batch.js';
import { compile, type EvaluatedBy } from '../../../operators/expressions/evaluate.js';
import { parse, type Formula } from '../../../operators/expressions/formula.js';
import { plan } from '../../../operators/expressions/plan.js';
import { typeOf } from '../../../operators/expressions/types.js';
import { Problem } from '../../../operators/problem.js';
import { naive, type Event, type Value } from './naive.js';
import { columnsOf, events, formulas, SCOPE } from './random_formula.js';

const define = (formulas: Record<string, string>): Map<string, Formula> =>
  new Map(Object.entries(formulas).map(([name, text]) => [name, parse(text)]));

function evaluate(by: EvaluatedBy, text: string, columns: Record<string, Column>, length: number): number[] {
  const found = compile(define({ y: text }), ['y'], ['y'], by)(new Map(Object.entries(columns)), length).get('y')!;
  expect(found).toHaveLength(length);
  return [...found];
}

/** Two or three definitions, each later one free to be used through the names a, b, c of a formula. */
const several = fc.tuple(formulas.number, formulas.truth, formulas.number);

describe.each(['plain', 'compiled'] as const)('compile, %s', (by) => {
  it.each(['f64', 'f32'] as const)('gives the bits of a walk over each event, in %s', (precision) => {
    fc.assert(
      fc.property(several, events, fc.nat(2), ([x, t, y], rows, start) => {
        const definitions = new Map([
          ['x', x],
          ['t', t],
          ['y', y],
        ]);
        for (const f of definitions.values()) typeOf(f, SCOPE);
        const evaluator = compile(definitions, ['x', 't', 'y'], ['x', 't', 'y'], by, precision);
        const results = evaluator(columnsOf(rows, start), rows.length);
        for (const [name, f] of definitions) {
          expect([...results.get(name)!]).toEqual(rows.map((row) => Number(naive(f, row, precision))));
        }
      }),
      { numRuns: by === 'plain' ? 5000 : 1500 },
    );
  });

  it('gives the same for definitions of definitions as for one formula', () => {
    fc.assert(
      fc.property(several, events, ([x, t, y], rows) => {
        const definitions = new Map([
          ['x', x],
          ['t', t],
          ['y', y],
          ...define({ z: 'where(t, x * x, y) + x * x', many: 'count(J > x and J > 0 and t)' }),
        ]);
        const { order } = plan(definitions, ['z', 'many'], SCOPE);
        const results = compile(definitions, order, ['z', 'many'], by)(columnsOf(rows), rows.length);
        const expected = (name: string): number[] =>
          rows.map((row) => {
            const all: Record<string, Value> = { ...row };
            for (const earlier of order) all[earlier] = naive(definitions.get(earlier)!, all);
            return Number(all[name]);
          });
        expect([...results.get('z')!]).toEqual(expected('z'));
        expect([...results.get('many')!]).toEqual(expected('many'));
      }),
      { numRuns: 500 },
    );
  });

  it('does not see how events are split into batches', () => {
    fc.assert(
      fc.property(several, events, fc.array(fc.nat(12)), ([x, t, y], rows, cuts) => {
        const definitions = new Map([
          ['x', x],
          ['t', t],
          ['y', y],
        ]);
        const evaluator = compile(definitions, ['x', 't', 'y'], ['x', 't', 'y', 'a'], by);
        const run = (some: Event[]): number[][] =>
          [...evaluator(columnsOf(some), some.length).values()].map((column) => [...column]);
        const whole = run(rows);
        const parts = [0, ...cuts.filter((cut) => cut <= rows.length).sort((p, q) => p - q), rows.length];
        const pieces = parts.slice(1).map((end, i) => run(rows.slice(parts[i], end)));
        expect(whole.map((_, k) => pieces.flatMap((piece) => piece[k]!))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('selects without contamination and compares NaN as false', () => {
    const x = Float64Array.of(4, NaN, -1);
    expect(evaluate(by, 'where(x > 0, 1 / x, 0)', { x }, 3)).toEqual([0.25, 0, 0]);
    expect(evaluate(by, 'where(x > 0, x, sqrt(x - 4))', { x }, 3)).toEqual([4, NaN, NaN]);
    for (const op of ['<', '<=', '>', '>=', '==', '!=']) expect(evaluate(by, `x ${op} x`, { x }, 3)[1]).toBe(0);
    expect(evaluate(by, 'min(x, 0)', { x }, 3)).toEqual([0, NaN, -1]);
  });

  it('reads lists: elements, reductions, element-wise formulas', () => {
    const Jet_pt = { offsets: Int32Array.of(0, 3, 3, 4), values: Float32Array.of(50, 20, 40, 10) };
    const Jet_eta = { offsets: Int32Array.of(0, 3, 4, 5), values: Float64Array.of(1, 2, 3, 4, 5) };
    const scale = Float64Array.of(1, 2, 3);
    const columns = { Jet_pt, Jet_eta, scale };
    const table: [string, number[]][] = [
      ['Jet_pt[0]', [50, NaN, 10]],
      ['Jet_pt[-1]', [40, NaN, 10]],
      ['Jet_pt[2]', [40, NaN, NaN]],
      ['sum(Jet_pt)', [110, 0, 10]],
      ['count(Jet_pt)', [3, 0, 1]],
      ['max(Jet_pt)', [50, NaN, 10]],
      ['min(Jet_pt)', [20, NaN, 10]],
      ['sum(Jet_pt * 2)', [220, 0, 20]],
      ['sum(scale * Jet_pt)', [110, 0, 30]],
      ['count(Jet_pt > 30)', [2, 0, 0]],
      ['sum(where(Jet_pt > 30, Jet_pt, 0))', [90, 0, 0]],
      ['max(min(Jet_pt, 45))', [45, NaN, 10]],
      ['sum(Jet_pt * Jet_eta)', [210, NaN, 50]],
      ['count(Jet_pt > Jet_eta)', [3, NaN, 1]],
      ['(Jet_pt + Jet_eta)[0]', [51, NaN, 15]],
    ];
    for (const [text, expected] of table) expect(evaluate(by, text, columns, 3), text).toEqual(expected);
  });

  it('keeps its arrays until the next call and takes columns longer than the batch', () => {
    const run = compile(define({ y: 'x + 1', z: '(x + 1) * 2', k: '2^3' }), ['y', 'z', 'k'], ['x', 'y', 'z', 'k'], by);
    const results = run(new Map([['x', Float32Array.of(1, 2, 99)]]), 2);
    expect([...results].map(([name, column]) => [name, ...column])).toEqual([
      ['x', 1, 2],
      ['y', 2, 3],
      ['z', 4, 6],
      ['k', 8, 8],
    ]);
    const x = Float64Array.of(5);
    expect(run(new Map([['x', x]]), 1).get('x')).toBe(x);
    expect(run(new Map([['x', x]]), 0).get('y')).toHaveLength(0);
  });

  it('lays the work out anew when a column becomes a list', () => {
    const run = compile(define({ y: 'max(x, 2)', z: 'x + 1' }), ['y'], ['y'], by);
    expect([...run(new Map([['x', Int32Array.of(1, 3)]]), 2).get('y')!]).toEqual([2, 3]);
    const lists = { offsets: Int32Array.of(0, 2), values: Int32Array.of(1, 3) };
    expect(() => run(new Map([['x', lists]]), 1)).toThrow(
      new Problem(2, 'define y: gives a list, reduce it with sum, count, min, max or [0]'),
    );
  });

  it('refuses columns that do not fit', () => {
    expect(() => evaluate(by, 'x + 1', {}, 1)).toThrow(new Problem(3, "column 'x' is missing from the batch"));
    expect(() => evaluate(by, 'x + 1', { x: new Float64Array(2) }, 3)).toThrow("column 'x' has 2 values for 3 events");
    expect(() => evaluate(by, 'sum(x)', { x: new Float64Array(2) }, 2)).toThrow(
      "formula: sum takes a list, column 'x' holds one number an event",
    );
    const lists = { offsets: Int32Array.of(0, 2), values: Float64Array.of(1) };
    expect(() => evaluate(by, 'sum(x)', { x: lists }, 1)).toThrow("column 'x' has fewer lists or values than");
  });
});
