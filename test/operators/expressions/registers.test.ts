import { describe, expect, it } from 'vitest';
import { parse } from '../../../operators/expressions/formula.js';
import { lower } from '../../../operators/expressions/lower.js';
import { schedule } from '../../../operators/expressions/registers.js';

function scheduled(text: string) {
  const { nodes, results } = lower(new Map([['y', parse(text)]]), ['y'], ['y'], (name) => name === 'J');
  return schedule(nodes, [results.get('y')!]);
}

describe('schedule', () => {
  it('reuses registers: a chain needs two, a balanced tree one a level', () => {
    expect(scheduled('a + b + c + d + e + f').registers).toBe(2);
    expect(scheduled('sin(cos(exp(log(a))))').registers).toBe(1);
    expect(scheduled('(a * b + c * d) / (e * f + g * h)').registers).toBe(4);
  });

  it('leaves out what nothing needs, constants and lists need no register', () => {
    expect(scheduled('a^2')).toEqual({ steps: [0, 2], register: [0, -1, 0], registers: 1 });
    expect(scheduled('sum(J * 2)')).toEqual({ steps: [0, 2, 3], register: [-1, -1, -1, 0], registers: 1 });
  });

  it('keeps what is kept', () => {
    const definitions = new Map([
      ['x', parse('a + 1')],
      ['y', parse('x * 2')],
    ]);
    const { nodes, results } = lower(definitions, ['x', 'y'], ['x', 'y'], () => false);
    const { register } = schedule(nodes, results.values());
    expect(register[results.get('x')!]).not.toBe(register[results.get('y')!]);
  });
});
