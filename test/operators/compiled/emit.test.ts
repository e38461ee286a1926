import { describe, expect, it } from 'vitest';
import { emit } from '../../../operators/compiled/emit.js';
import { column, noProgram, number, operation, patch, word, type Lane } from '../../../operators/compiled/lanes.js';
import { instantiate } from '../../../operators/compiled/run.js';

describe('emit', () => {
  it('makes a module that is the same every time and names the plain functions it calls', () => {
    const made = () => {
      const p = noProgram();
      const x = column(p, 0);
      const never = operation(p, 'gt', x, number(p, 1e300));
      return emit(p, ['f64'], [patch(p, 'sin', patch(p, 'tan', x, word(p, -1n), [x]), never, [x]), x]);
    };
    expect(made()).toEqual(made());
    expect([...made().plain.keys()]).toEqual(['tan', 'sin']);
    expect(WebAssembly.validate(made().bytes)).toBe(true);
  });

  it('leaves out what nobody asks for', () => {
    const p = noProgram();
    const x = column(p, 0);
    const wanted = operation(p, 'add', x, x);
    const { bytes } = emit(p, ['f64'], [wanted]);
    patch(p, 'tan', x, word(p, -1n), [x]);
    expect(emit(p, ['f64'], [wanted]).bytes).toEqual(bytes);
    expect(emit(p, ['f64'], [wanted]).plain.size).toBe(0);
  });

  it('does not nest deeper than a stack takes', () => {
    const p = noProgram();
    let sum: Lane = column(p, 0);
    for (let i = 1; i <= 15_000; i++) sum = operation(p, 'add', sum, number(p, i));
    const { run } = instantiate(emit(p, ['f64'], [sum]), ['f64'], 1);
    expect([...run([Float64Array.of(1, 2, 3)], 3)[0]!]).toEqual([1, 2, 3].map((x) => x + (15_000 * 15_001) / 2));
  });

  it('reads singles as the doubles that they are', () => {
    const p = noProgram();
    const sum = operation(p, 'add', column(p, 0), column(p, 1));
    const { run } = instantiate(emit(p, ['f32', 'f64'], [sum]), ['f32', 'f64'], 1);
    const single = Float32Array.of(0.1, -3e38, NaN);
    expect(run([single, Float64Array.of(1, 2, 3)], 3)).toEqual([Float64Array.from(single, (x, i) => x + i + 1)]);
  });
});
