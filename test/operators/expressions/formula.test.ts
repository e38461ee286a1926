import { describe, expect, it } from 'vitest';
import { format, namesIn, parse, substitute } from '../../../operators/expressions/formula.js';

describe('namesIn', () => {
  it('finds columns and definitions, in order, once, without functions and constants', () => {
    expect([...namesIn(parse('where(b > 0 and not c < pi, -a^b, J[0]) + sin(d)'))]).toEqual(['b', 'c', 'a', 'J', 'd']);
    expect(namesIn(parse('2 * pi')).size).toBe(0);
  });
});

describe('substitute', () => {
  const by = (pairs: Record<string, string>) =>
    new Map(Object.entries(pairs).map(([name, text]) => [name, parse(text)]));

  it('puts formulas where names were, all at once', () => {
    expect(format(substitute(parse('a * b'), by({ a: 'b + 1', b: 'a' })))).toBe('(b + 1) * a');
    expect(format(substitute(parse('f(-x, x[1], not x < x^x)'), by({ x: 'y' })))).toBe('f(-y, y[1], not y < y^y)');
    expect(format(substitute(parse('0.02 + 1e-4 * pt'), by({ pt: 'gen_l1_pt' })))).toBe('0.02 + 0.0001 * gen_l1_pt');
  });

  it('leaves the formula that it was given as it is', () => {
    const f = parse('a + b');
    substitute(f, by({ a: 'c' }));
    expect(f).toEqual(parse('a + b'));
  });

  it('refuses to grow without bound', () => {
    let f = parse('x + x');
    const grow = () => {
      for (let i = 0; i < 100; i++) f = substitute(f, new Map([['x', f]]));
    };
    expect(grow).toThrow('formula too large after substitution: more than 20000 parts, split it into definitions');
  });
});
