import { describe, expect, it } from 'vitest';
import type { Column } from '../../../operators/batch.js';
import { compile } from '../../../operators/expressions/evaluate.js';
import { parse } from '../../../operators/expressions/formula.js';
import { Problem } from '../../../operators/problem.js';

const formulas = (texts: Readonly<Record<string, string>>) =>
  new Map(Object.entries(texts).map(([name, text]) => [name, parse(text)]));

describe('compileNodes', () => {
  it('leaves lists to the plain loops and takes what they are reduced to', () => {
    const definitions = formulas({ n: 'count(jets > cut)', y: 'sum(jets) / n + x', first: 'jets[0]' });
    const names = [...definitions.keys()];
    const columns = new Map<string, Column>([
      ['jets', { offsets: Int32Array.of(0, 2, 2, 5), values: Float32Array.of(1, 5, 2, 3, 4) }],
      ['cut', Float64Array.of(2, 0, 2.5)],
      ['x', Int32Array.of(10, 20, 30)],
    ]);
    const found = compile(definitions, names, [...names, 'x'], 'compiled')(columns, 3);
    expect(found).toEqual(compile(definitions, names, [...names, 'x'], 'plain')(columns, 3));
    expect([...found.get('y')!]).toEqual([16, NaN, 34.5]);
    expect([...found.keys()]).toEqual([...names, 'x']);
  });

  it('makes a module for each set of types that comes', () => {
    const run = compile(formulas({ y: 'a + b' }), ['y'], ['y'], 'compiled');
    for (const [a, b] of [
      [Float64Array.of(0.1), Float64Array.of(1)],
      [Float32Array.of(0.1), Float64Array.of(1)],
      [Float64Array.of(0.1), Uint8Array.of(1)],
    ] as const) {
      const columns: ReadonlyMap<string, Column> = new Map(Object.entries({ a, b }));
      expect([...run(columns, 1).get('y')!]).toEqual([a[0]! + 1]);
    }
  });

  it('says which column is too short', () => {
    const run = compile(formulas({ y: 'a + 1' }), ['y'], ['y'], 'compiled');
    expect(() => run(new Map([['a', Float64Array.of(1)]]), 2)).toThrow(Problem);
    expect(() => run(new Map([['a', Float64Array.of(1)]]), 2)).toThrow("column 'a' has 1 values for 2 events");
  });

  it('leaves programs that are too large to the plain loops', () => {
    const texts = Object.fromEntries(
      Array.from({ length: 90 }, (_, i) => [`y${i}`, `mass(a, ${i}, a, a, ${i} * a, a * ${i + 2})`]),
    );
    const names = Object.keys(texts);
    const columns = new Map([['a', Float64Array.of(0.5, 1.5)]]);
    const run = (by: 'plain' | 'compiled') => compile(formulas(texts), names, names, by)(columns, 2);
    expect(run('compiled')).toEqual(run('plain'));
  });
});

describe('auto', () => {
  it('gives the same before and after it is worth compiling', () => {
    const run = compile(formulas({ y: 'sqrt(a) * sin(a)' }), ['y'], ['y']);
    const plain = compile(formulas({ y: 'sqrt(a) * sin(a)' }), ['y'], ['y'], 'plain');
    const a = Float64Array.from({ length: 9000 }, (_, i) => i / 7);
    for (let batch = 0; batch < 8; batch++) {
      const columns = new Map([['a', a.map((x) => x + batch)]]);
      expect(run(columns, a.length).get('y')).toEqual(plain(columns, a.length).get('y'));
    }
  });
});
