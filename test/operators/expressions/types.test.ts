import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, substitute } from '../../../operators/expressions/formula.js';
import { typeOf, type Signature } from '../../../operators/expressions/types.js';
import { Problem } from '../../../operators/problem.js';

interface Cases {
  scope: Record<string, [Signature['type'], string | null]>;
  valid: [string, string, string | null][];
  invalid: [string, string][];
}
const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/expressions/types.json', import.meta.url), 'utf8'),
) as Cases;
const scope = new Map(
  Object.entries(cases.scope).map(([name, [type, unit]]): [string, Signature] => [name, { type, unit }]),
);

describe('typeOf', () => {
  it.each(cases.valid)('%s is a %s of unit %s', (text, type, unit) => {
    expect(typeOf(parse(text), scope)).toMatchObject({ type, unit });
  });

  it.each(cases.invalid)('refuses %s', (text, message) => {
    expect(() => typeOf(parse(text), scope)).toThrow(new Problem(2, message));
  });

  it('tells a list of truth values from a list of numbers', () => {
    expect(typeOf(parse('Jet_pt > 30'), scope)).toEqual({ type: 'list', unit: null, elements: 'boolean' });
    expect(typeOf(parse('Jet_eta'), scope)).toEqual({ type: 'list', unit: null });
  });

  it('names no column of a text that the formula was not parsed from', () => {
    const f = substitute(parse('x + d'), new Map([['x', parse('pt')]]));
    expect(() => typeOf(f, scope)).toThrow(new Problem(2, "formula 'pt + d': '+' adds GeV to mm"));
  });
});
