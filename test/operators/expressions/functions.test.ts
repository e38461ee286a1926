import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../operators/batch.js';
import { CONSTANTS } from '../../../operators/expressions/constants.js';
import { compile } from '../../../operators/expressions/evaluate.js';
import { FUNCTION_LOOPS } from '../../../operators/expressions/function_loops.js';
import { parse } from '../../../operators/expressions/formula.js';
import { FUNCTIONS } from '../../../operators/expressions/functions.js';

interface Reference {
  columns: Record<string, number[]>;
  offsets: number[];
  lists: Record<string, number[]>;
  results: Record<string, (number | null)[]>;
}
const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/expressions/reference.json', import.meta.url), 'utf8'),
) as Reference;
const docs = readFileSync(new URL('../../../docs/formulas.md', import.meta.url), 'utf8').replace(/ +/g, ' ');

const columns = new Map<string, Column>([
  ...Object.entries(reference.columns).map(([name, values]) => [name, Float64Array.from(values)] as const),
  ...Object.entries(reference.lists).map(
    ([name, values]) =>
      [name, { offsets: Int32Array.from(reference.offsets), values: Float64Array.from(values) }] as const,
  ),
]);

describe('every operator and function', () => {
  // Relative 1e-12 of the larger of the result and 1e-3: near its zeros a sine's relative error is its argument's.
  it.each(Object.entries(reference.results))('%s is what NumPy makes of it', (text, expected) => {
    const found = compile(
      new Map([['result', parse(text)]]),
      ['result'],
      ['result'],
    )(columns, expected.length).get('result')!;
    expected.forEach((value, i) => {
      if (value === null) expect(found[i]).toBeNaN();
      else
        expect(Math.abs(found[i]! - value), `${found[i]!} for ${value}`).toBeLessThanOrEqual(
          1e-12 * Math.max(Math.abs(value), 1e-3),
        );
    });
  });
});

describe('the table of functions', () => {
  it.each([...FUNCTIONS])('%s has what it needs', (name, fn) => {
    expect(fn.loop ?? fn.reduce).toBeDefined();
    expect(Object.keys(reference.results).some((text) => text.includes(`${name}(`))).toBe(true);
    const more = fn.repeats === true ? ', ...' : '';
    expect(docs).toContain(`| \`${name}(${fn.parameters.join(', ')}${more})\` | ${fn.doc.replaceAll('|', '\\|')} |`);
  });

  it('leaves no loop unused, and documents the constants', () => {
    for (const name of Object.keys(FUNCTION_LOOPS)) expect(FUNCTIONS.has(name)).toBe(true);
    for (const name of CONSTANTS.keys()) expect(docs).toContain(`\`${name}\``);
  });
});
