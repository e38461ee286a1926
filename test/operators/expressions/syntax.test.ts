import { describe, expect, it } from 'vitest';
import { parse } from '../../../operators/expressions/formula.js';
import { partsOf, tooLarge, type Formula } from '../../../operators/expressions/syntax.js';

describe('partsOf', () => {
  it('lists the parts left to right', () => {
    const kinds = (text: string) => partsOf(parse(text)).map((part) => (part.kind === 'name' ? part.name : part.kind));
    expect(kinds('1')).toEqual([]);
    expect(kinds('a')).toEqual([]);
    expect(kinds('f(a, 2, b)')).toEqual(['a', 'number', 'b']);
    expect(kinds('a[0]')).toEqual(['a']);
    expect(kinds('-a')).toEqual(['a']);
    expect(kinds('a + b')).toEqual(['a', 'b']);
    expect(kinds('a < b')).toEqual(['a', 'b']);
  });
});

describe('tooLarge', () => {
  it('measures without recursion', () => {
    let deep: Formula = parse('a');
    for (let i = 0; i < 100_000; i++) deep = { kind: 'unary', op: '-', of: deep, at: 0 };
    expect(tooLarge(deep)).toMatch(/^more than 400 levels deep/);
    let wide: Formula = parse('a');
    for (let i = 0; i < 60; i++) wide = { kind: 'binary', op: '+', left: wide, right: wide, at: 0 };
    expect(tooLarge(wide)).toMatch(/^more than 20000 parts/);
    expect(tooLarge(parse('a + b * c'))).toBeUndefined();
  });
});
