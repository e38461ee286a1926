import { describe, expect, it } from 'vitest';
import {
  column,
  converted,
  noProgram,
  number,
  operation,
  patch,
  shift,
  typeOf,
  word,
} from '../../../operators/compiled/lanes.js';

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
    expect(p.all[number(p, 1)]).toEqual({ kind: 'constant', type: 'f64', bits: 0x3ff0000000000000n, args: [] });
    expect(word(p, -1n)).toBe(word(p, (1n << 64n) - 1n));
  });
});

describe('singles', () => {
  it('are other lanes than doubles, and are not mixed with them', () => {
    const p = noProgram();
    const [x, single] = [column(p, 0), column(p, 0, 'f32')];
    expect(x).not.toBe(single);
    expect(p.all[number(p, 0.1, 'f32')]).toEqual({ kind: 'constant', type: 'f32', bits: 0x3dcccccdn, args: [] });
    expect(typeOf(p, operation(p, 'add', single, number(p, 1, 'f32')))).toBe('f32');
    expect(() => operation(p, 'add', x, single)).toThrow('singles and doubles in one operation');
  });

  it('become doubles and come back as they were; columns are read as what is asked for', () => {
    const p = noProgram();
    const single = operation(p, 'sqrt', column(p, 0, 'f32'));
    const double = converted(p, single, 'f64');
    expect(typeOf(p, double)).toBe('f64');
    expect(converted(p, double, 'f32')).toBe(single);
    expect(converted(p, double, 'f64')).toBe(double);
    expect(converted(p, column(p, 1), 'f32')).toBe(column(p, 1, 'f32'));
    // The double that a column holds is not the single that it was rounded to.
    expect(converted(p, column(p, 1, 'f32'), 'f64')).not.toBe(column(p, 1));
  });
});
