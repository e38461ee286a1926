import { describe, expect, it } from 'vitest';
import { parse } from '../../../operators/expressions/formula.js';
import { plan } from '../../../operators/expressions/plan.js';
import type { Scope } from '../../../operators/expressions/types.js';
import { Problem } from '../../../operators/problem.js';

const define = (formulas: Record<string, string>) =>
  new Map(Object.entries(formulas).map(([name, text]) => [name, parse(text)]));
const given: Scope = new Map([
  ['pt1', { type: 'number', unit: 'GeV' }],
  ['pt2', { type: 'number', unit: 'GeV' }],
  ['d', { type: 'number', unit: 'mm' }],
]);

describe('plan', () => {
  it('orders by need and takes only what is wanted', () => {
    const definitions = define({ ratio: 'half / pt1', half: 'H_T / 2', H_T: 'pt1 + pt2', unused: 'pt1 + d' });
    const found = plan(definitions, ['ratio', 'H_T', 'pt2'], given);
    expect(found.order).toEqual(['H_T', 'half', 'ratio']);
    expect(found.needs).toEqual(['pt1', 'pt2']);
    expect([...found.signatures].map(([name, { unit }]) => [name, unit])).toEqual([
      ['pt1', 'GeV'],
      ['pt2', 'GeV'],
      ['H_T', 'GeV'],
      ['half', 'GeV'],
      ['ratio', null],
    ]);
  });

  it('stands long chains', () => {
    const definitions = define({ a0: 'pt1' });
    for (let i = 1; i < 20_000; i++) definitions.set(`a${i}`, parse(`a${i - 1} + 1`));
    expect(plan(definitions, ['a19999'], given).order).toHaveLength(20_000);
  });

  it.each([
    [{ a: 'b', b: 'a' }, 'a', 'define: cycle a → b → a'],
    [{ a: 'a + 1' }, 'a', 'define: cycle a → a'],
    [{ z: 'a', a: 'b', b: 'c + pt1', c: 'b' }, 'z', 'define: cycle b → c → b'],
    [{ pt1: '1' }, 'pt1', 'define pt1: a column has this name already, choose another'],
    [{ pi: '3' }, 'pi', "name 'pi' is taken by the formulas: rename it"],
    [{ not: '3' }, 'not', "name 'not' is taken by the formulas: rename it"],
    [{ a: '1' }, 'pt_1', "name 'pt_1' is not known, did you mean 'pt1'?"],
    [{ a: '1' }, 'something', "name 'something' is not known"],
    [{ a: 'pt1 + d' }, 'a', "define a: formula 'pt1 + d': '+' at column 5 adds GeV to mm"],
    [{ a: 'pt1 * d', b: 'a + d' }, 'b', "define b: formula 'a + d': '+' at column 3 adds GeV*mm to mm"],
    [
      { late: '1', a: 'lat + 1' },
      'a',
      "define a: formula 'lat + 1': unknown name 'lat' at column 1, did you mean 'late'?",
    ],
  ] as const)('refuses %j', (formulas, wanted, message) => {
    expect(() => plan(define(formulas), [wanted], given)).toThrow(new Problem(2, message));
  });
});
