import { describe, expect, it } from 'vitest';
import { column, noProgram, number, operation, patch, shift, word } from '../../../operators/compiled/lanes.js';

describe('a program', () => {
  it('has each instruction once, after its arguments', () => {
    const p = noProgram();
    const sum = () => operation(p, 'add', column(p, 0), number(p, 1));
    expect(sum()).toBe(2);
    expect(sum()).toBe(2);
    expect(operation(p, 'add', number(p, 1), column(p, 0))).toBe(3);
    expect(shift(p, 'left', 2, 52)).not.toBe(shift(p, 'left', 2, 62));
    expect(patch(p, 'tan', 0, 1, [2])).not.toBe(patch(p, 'sin', 0, 1, [2]));
    p.all.forEach(({ args }, lane) => {
      for (const arg of args) expect(arg).toBeLessThan(lane);
    });
    expect(structuredClone(p)).toEqual(p);
  });

  it('tells zeros apart and keeps the bits of a constant', () => {
    const p = noProgram();
    expect(number(p, -0)).not.toBe(number(p, 0));
    expect(p.all[number(p, 1)]).toEqual({ kind: 'constant', bits: 0x3ff0000000000000n, args: [] });
    expect(word(p, -1n)).toBe(word(p, (1n << 64n) - 1n));
  });
});
