import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutputs, parseTable, readValidation } from '../../../runtime/models/validate.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

describe('a table', () => {
  test('numbers by name, in the order that is wanted; an empty cell is NaN', () => {
    const text = 'b, a\r\n1,-2.5e-3\r\n\r\n,inf\r\nnan,-Infinity\r\n';
    expect(parseTable(text, 't.csv', ['a', 'b'])).toEqual({
      columns: [Float64Array.of(-2.5e-3, Infinity, -Infinity), Float64Array.of(1, NaN, NaN)],
      lines: [2, 4, 5],
    });
  });
  test.each([
    ['a,c\n1,2\n', "t.csv:1: unknown column 'c'; known here: a, b"],
    ['a\n1\n', "t.csv:1: column 'b' of the card is missing"],
    ['a,b,a\n1,2,3\n', "t.csv:1: column 'a' is given twice"],
    ['a,b\n1,2\n3\n', 't.csv:3: 1 values under 2 names'],
    ['a,b\n1,two\n', "t.csv:2: b: 'two' is no number"],
    ['a,b\n', 'validation t.csv: has no rows'],
  ])('%j is refused', async (text, message) => {
    const problem = await problemOf(() => parseTable(text, 't.csv', ['a', 'b']));
    expect(problem.message).toBe(message);
  });
});

describe('outputs', () => {
  const rows = {
    ...{ file: 'v.csv', lines: [2, 3, 5], tolerance: 1e-3 },
    inputs: [Float64Array.of(1, 2, 3)],
    outputs: [Float64Array.of(10, NaN, -Infinity)],
  };
  const giving = (...y: number[]) => ({ outputs: ['y'], run: () => Promise.resolve([Float64Array.from(y)]) });

  test('within the tolerance, which grows with the size; NaN and infinity are themselves', async () => {
    // 0.0109 / (1 + 10)
    expect(await checkOutputs({ name: 'm' }, giving(10.0109, NaN, -Infinity), rows)).toBeCloseTo(0.0109 / 11, 12);
  });
  test.each([
    [[10.012, NaN, -Infinity], 2, 10, '10.012'],
    [[10, 0, -Infinity], 3, NaN, '0'],
    [[NaN, NaN, -Infinity], 2, 10, 'NaN'],
    [[10, NaN, -1e300], 5, -Infinity, '-1e+300'],
  ])('%j is refused', async (y, line, wanted, got) => {
    const { message } = await problemOf(() => checkOutputs({ name: 'm' }, giving(...y), rows));
    expect(message).toBe(
      `v.csv:${line}: output y: wanted ${wanted}, model m gives ${got} (tolerance 0.001): mend the card or the model`,
    );
  });
});

test('a card may have none; a file that is not there is said', async () => {
  const folder = scratch();
  const card = { inputs: [{ name: 'a' }], outputs: [{ name: 'y' }] } as Parameters<typeof readValidation>[0]['card'];
  expect(await readValidation({ card, folder })).toBeNull();
  const validated = { ...card, validation: { file: 'sub/v.csv', tolerance: 0.5 } };
  expect((await problemOf(() => readValidation({ card: validated, folder }))).message).toMatch(
    /^validation .*v\.csv: no such file$/,
  );
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'sub/v.csv'), 'a,y\n1,2\n');
  expect(await readValidation({ card: validated, folder })).toMatchObject({
    ...{ lines: [2], tolerance: 0.5 },
    inputs: [Float64Array.of(1)],
    outputs: [Float64Array.of(2)],
  });
});
