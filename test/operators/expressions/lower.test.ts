import { describe, expect, it } from 'vitest';
import { parse } from '../../../operators/expressions/formula.js';
import { lower } from '../../../operators/expressions/lower.js';
import { Problem } from '../../../operators/problem.js';

/** The nodes of formulas y0, y1, ... as text: operation and arguments. J is a list. */
function lowered(...texts: string[]): string[] {
  const definitions = new Map(texts.map((text, i) => [`y${i}`, parse(text)]));
  const { nodes } = lower(definitions, [...definitions.keys()], ['y0'], (name) => name === 'J');
  return nodes.map((node) => {
    const detail = { constant: 'value', column: 'name', elementwise: 'op', reduce: 'op', element: 'index' }[node.kind];
    return [String(node[detail as keyof typeof node]), ...node.args].join(' ');
  });
}

describe('lower', () => {
  it.each([
    [['a + b'], ['a', 'b', '+ 0 1']],
    [
      ['a + b', '(a + b) * 2'],
      ['a', 'b', '+ 0 1', '2', '* 2 3'],
    ],
    [
      ['abs(a)', 'abs(a)', 'y0 + y1'],
      ['a', 'abs 0', '+ 1 1'],
    ],
    [['2 * 3 + a'], ['2', '3', '6', 'a', '+ 2 3']],
    [['a * (2 * pi)'], ['a', '2', String(Math.PI), String(2 * Math.PI), '* 0 3']],
    [
      ['2', 'a^y0'],
      ['2', 'a', '* 1 1'],
    ],
    [['a^1'], ['a', '1']],
    [['a^3'], ['a', '3', '* 0 0', '* 2 0']],
    [['a^4'], ['a', '4', '* 0 0', '* 2 2']],
    [['a^-2'], ['a', '2', '-2', '1', '* 0 0', '/ 3 4']],
    [['a^0'], ['a', '0', 'one 0']],
    [['a^5'], ['a', '5', '^ 0 1']],
    [['a^0.5'], ['a', '0.5', '^ 0 1']],
    [['max(a, b, 3)'], ['a', 'b', '3', 'max 0 1', 'max 3 2']],
    [['max(J)'], ['J', 'max 0']],
    [['J[-1] + J[-1]'], ['J', '-1 0', '+ 1 1']],
    [['count(J)'], ['J', 'count 0']],
    [['count(J > 3)'], ['J', '3', '> 0 1', 'true_count 2']],
    [
      ['J > 3', 'count(not y0)'],
      ['J', '3', '> 0 1', 'not 2', 'true_count 3'],
    ],
    [['count(where(J > 3, 1, 0))'], ['J', '3', '> 0 1', '1', '0', 'where 2 3 4', 'count 5']],
  ])('%j', (texts, expected) => {
    expect(lowered(...texts)).toEqual(expected);
  });

  it('tells -0 from 0', () => {
    expect(lowered('a / 0', 'a / -0')).toEqual(['a', '0', '/ 0 1', '0', '/ 0 3']);
  });

  it('refuses what plan would not have given', () => {
    const definitions = new Map([['a', parse('b + sum(x)')]]);
    const none = () => false;
    expect(() => lower(definitions, ['a'], [], none)).toThrow("formula: sum takes a list, column 'x' holds one number");
    expect(() => lower(definitions, ['c'], [], none)).toThrow(
      new Problem(2, "name 'c' is to be evaluated but has no formula: define it"),
    );
    const swapped = new Map([...definitions, ['b', parse('1')] as const]);
    expect(() => lower(swapped, ['a', 'b'], [], none)).toThrow('define b: used before its turn');
    expect(() => lower(new Map([['a', parse('nope(1)')]]), ['a'], [], none)).toThrow("'nope' was not type-checked");
  });
});
