import { describe, expect, it } from 'vitest';
import { emit } from '../../../operators/compiled/emit.js';
import { column, noProgram, number, operation } from '../../../operators/compiled/lanes.js';
import { instantiate } from '../../../operators/compiled/run.js';

function twice() {
  const p = noProgram();
  const x = column(p, 0);
  return instantiate(emit(p, ['f64'], [operation(p, 'mul', x, number(p, 2)), x]), ['f64'], 2);
}

describe('run', () => {
  it('computes batches of any size, one after the other, and none', () => {
    const { run } = twice();
    for (const n of [0, 1, 2, 7, 100_003, 5]) {
      const x = Float64Array.from({ length: n }, (_, i) => i / 3);
      expect(run([x], n)).toEqual([x.map((value) => 2 * value), x]);
    }
  });

  it('takes the first events of longer columns of any type', () => {
    const { run } = twice();
    expect(run([Int16Array.of(-3, 4, 5)], 2)).toEqual([Float64Array.of(-6, 8), Float64Array.of(-3, 4)]);
  });
});
