import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokens } from '../../../operators/expressions/tokens.js';

describe('tokens', () => {
  it('splits numbers, names and symbols', () => {
    expect(tokens(' 1.5e-3*Muon.pt<=Δη_2 ')).toEqual([
      { kind: 'number', text: '1.5e-3', at: 1 },
      { kind: 'symbol', text: '*', at: 7 },
      { kind: 'name', text: 'Muon.pt', at: 8 },
      { kind: 'symbol', text: '<=', at: 15 },
      { kind: 'name', text: 'Δη_2', at: 17 },
      { kind: 'end', text: '', at: 22 },
    ]);
  });

  it('loses nothing but space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const found = tokens(text);
        expect(found.map((token) => token.text).join('')).toBe(text.replace(/\s/g, ''));
        for (const token of found) expect(text.slice(token.at, token.at + token.text.length)).toBe(token.text);
      }),
    );
  });
});
