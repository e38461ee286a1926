import { describe, expect, it } from 'vitest';
import { describeProgram } from '../../../operators/compiled/describe_program.js';
import { parse } from '../../../operators/expressions/formula.js';

function described(texts: Readonly<Record<string, string>>, outputs = Object.keys(texts)) {
  const definitions = new Map(Object.entries(texts).map(([name, text]) => [name, parse(text)]));
  return describeProgram(definitions, [...definitions.keys()], outputs, (name) => name === 'jets');
}

describe('describeProgram', () => {
  it('counts what is compiled and names what is not', () => {
    expect(described({ H_T: 'pt1 + pt2', n: 'count(jets)', same: '2' })).toMatchObject({
      ...{ compiled: 1, instructions: 3, always: [], rarely: [], plain: ['n', 'same'], tooLarge: false },
    });
  });

  it('tells functions that are always asked from those that are asked far out', () => {
    expect(described({ y: 'tan(a) + sin(a) + a^b' })).toMatchObject({ always: ['tan', '^'], rarely: ['sin'] });
  });

  it('says when a program is too large', () => {
    const texts = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`y${i}`, `atan2(a * ${i}, sinh(a + ${i}))`]),
    );
    expect(described(texts)).toMatchObject({ compiled: 0, bytes: 0, tooLarge: true });
  });
});
