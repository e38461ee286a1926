import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format, parse, type Formula } from '../../../operators/expressions/formula.js';
import { formulas } from './random_formula.js';

/** A formula without its offsets. */
const bare = (f: Formula): unknown =>
  JSON.parse(JSON.stringify(f, (key, value: unknown) => (key === 'at' ? 0 : value)));

describe('format', () => {
  it('is undone by parse', () => {
    const any = fc.oneof(formulas.number, formulas.truth, formulas.list, formulas.truths);
    fc.assert(
      fc.property(any, (f) => {
        expect(bare(parse(format(f)))).toEqual(bare(f));
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no bracket that could go', () => {
    fc.assert(
      fc.property(formulas.truth, (f) => {
        const text = format(f);
        for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
          // Not the brackets of a call.
          if (/\w$/.test(text.slice(0, open))) continue;
          const close = closing(text, open);
          const without = `${text.slice(0, open)} ${text.slice(open + 1, close)} ${text.slice(close + 1)}`;
          expect(reread(without), text).not.toEqual(bare(f));
        }
      }),
    );
  });

  it('writes numbers so that they read back, negative ones as a sign', () => {
    for (const value of [0, 1e-7, 1e21, 5e-324, Number.MAX_VALUE, 0.1]) {
      expect(parse(format({ kind: 'number', value, at: 0 }))).toEqual({ kind: 'number', value, at: 0 });
    }
    const negative: Formula = { kind: 'number', value: -2, at: 0 };
    const two: Formula = { kind: 'number', value: 2, at: 0 };
    expect(format({ kind: 'binary', op: '^', left: negative, right: two, at: 0 })).toBe('(-2)^2');
    expect(format({ ...negative, value: -0 })).toBe('-0');
  });
});

/** What a text is as a formula, or that it is none. */
function reread(text: string): unknown {
  try {
    return bare(parse(text));
  } catch {
    return 'no formula';
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
  throw new Error('unbalanced');
}
