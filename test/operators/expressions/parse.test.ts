import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format } from '../../../operators/expressions/format.js';
import { parse } from '../../../operators/expressions/parse.js';
import { quoted, sourceOf } from '../../../operators/expressions/source_text.js';
import { Problem } from '../../../operators/problem.js';

interface Grammar {
  valid: { text: string; formatted: string }[];
  invalid: { text: string; message: string }[];
}
const grammar = JSON.parse(
  readFileSync(new URL('../../fixtures/expressions/grammar.json', import.meta.url), 'utf8'),
) as Grammar;

describe('parse', () => {
  it.each(grammar.valid)('reads $text', ({ text, formatted }) => {
    expect(format(parse(text))).toBe(formatted);
  });

  it.each(grammar.invalid)('refuses $text', ({ text, message }) => {
    expect(() => parse(text)).toThrow(new Problem(2, message));
  });

  it('notes where each part begins', () => {
    expect(parse('a + sin(b)')).toEqual({
      kind: 'binary',
      op: '+',
      left: { kind: 'name', name: 'a', at: 0 },
      right: { kind: 'call', fn: 'sin', args: [{ kind: 'name', name: 'b', at: 8 }], at: 4 },
      at: 2,
    });
  });

  it('keeps the text for messages', () => {
    expect(sourceOf(parse(' a+b'))).toBe(' a+b');
    expect(quoted('x'.repeat(1000))).toHaveLength(162);
  });

  it.each([
    ['brackets', '('.repeat(5000)],
    ['calls', 'f('.repeat(4000)],
    ['minus signs', '-'.repeat(9000)],
    ['negations', 'not '.repeat(2000)],
    ['powers', `a${'^a'.repeat(4000)}`],
    ['a chain', `a${'+a'.repeat(4000)}`],
    ['an index', `a${'[0]'.repeat(2000)}`],
    ['length', 'a+'.repeat(100_000)],
  ])('refuses hostile input by a message: %s', (_what, text) => {
    expect(() => parse(text)).toThrow(/^formula '.{160}': (more than \d+ levels deep|longer than \d+ characters)/u);
  });

  it('gives a formula or a Problem for any text, whose format is stable', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('a', '1', '.5', ' ', '(', ')', '[', ']', ',', '+', '-', '*', '^', '<', 'not ', ' and '))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const formatted = format(parse(text));
          expect(format(parse(formatted))).toBe(formatted);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
