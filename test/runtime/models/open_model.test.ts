import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCard, type LoadedCard } from '../../../runtime/models/card_file.js';
import { openModel, type ModelOptions, type OpenedModel } from '../../../runtime/models/open_model.js';
import { checkOutputs, readValidation } from '../../../runtime/models/validate.js';
import { problemOf } from '../../support/problem_of.js';

const fixtures = fileURLToPath(new URL('../../fixtures/models/', import.meta.url));
const card = (name: string): Promise<LoadedCard> => loadCard(`${fixtures}${name}.card.yaml`);
const opened: OpenedModel[] = [];
async function open(name: string, options?: ModelOptions): Promise<OpenedModel> {
  const model = await openModel(await card(name), options);
  opened.push(model);
  return model;
}
afterAll(() => Promise.all(opened.map((model) => model.close())));

/** Values between −2 and 2, by a linear congruence. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 30 - 2;
  });
}

describe.each(['linear', 'mlp', 'several', 'trees'])('%s', (name) => {
  test('gives what numpy gives', async () => {
    const loaded = await card(name);
    const model = await open(name, { validate: false });
    const rows = await readValidation(loaded);
    expect(await checkOutputs(loaded.card, model, rows!)).toBeLessThan(rows!.tolerance);
    expect(model.inputs).toEqual(loaded.card.inputs.map((input) => input.name));
    expect(model.outputs).toEqual(loaded.card.outputs.map((output) => output.name));
  });

  test('gives a row the same bits wherever it stands, and whatever stands beside it', async () => {
    const model = await open(name);
    const n = model.batch === 1 ? 700 : 3001;
    const columns = model.inputs.map((_, j) => numbers(n, j + 1).map(Math.abs));
    const outputs = await model.run(columns, n);
    const places = numbers(n, 99);
    const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => places[a]! - places[b]!);
    const shuffled = await model.run(
      columns.map((x) => Float64Array.from(order, (i) => x[i]!)),
      n,
    );
    outputs.forEach((y, k) => {
      expect(shuffled[k]).toEqual(Float64Array.from(order, (i) => y[i]!));
    });
    for (const [from, to] of [
      [0, 1],
      [17, 20],
      [511, 514],
    ] as const) {
      const part = await model.run(
        columns.map((x) => x.slice(from, to)),
        to - from,
      );
      expect(part).toEqual(outputs.map((y) => y.slice(from, to)));
    }
  });
});

test('a model with a fixed number of rows', async () => {
  const model = await open('fixed');
  expect(model.batch).toBe(4);
  expect(await model.run([Float64Array.of(1, 2, 3, 4, 5)], 5)).toEqual([Float64Array.of(2, 4, 6, 8, 10)]);
});

test('NaN that the model gives is passed on, and columns are left as they were', async () => {
  const model = await open('logarithm');
  const x = Float64Array.of(1, -1, NaN, 0);
  expect(await model.run([x], 4)).toEqual([Float64Array.of(0, NaN, NaN, -Infinity)]);
  expect(x).toEqual(Float64Array.of(1, -1, NaN, 0));
});

test('other columns than the card has inputs, and too short ones', async () => {
  const model = await open('linear');
  const x = Float64Array.of(1);
  expect((await problemOf(() => model.run([x, x], 1))).message).toBe('model linear: has 3 inputs, was given 2 columns');
  expect((await problemOf(() => model.run([x, x, x], 2))).message).toBe(
    'model linear: has 3 inputs, was given 1 rows of 2',
  );
});

describe('what cannot be used is refused in one line', () => {
  test.each([
    ['future', /^model future\.onnx: opset 99 is not supported by this onnxruntime \(at most \d+\): export it again$/],
    ['zipmap', /^zipmap\.card\.yaml:14: outputs\.0: output tensor 'maps' of score is a map or a sequence: export/],
    [
      'neighbours',
      /^neighbours\.validation\.csv:\d: output score of model neighbours is .*, depending on the rows beside/,
    ],
  ])('%s', async (name, message) => {
    const problem = await problemOf(() => open(name));
    expect(problem.message.replaceAll(fixtures, '')).toMatch(message);
    expect(problem.exitCode).toBe(2);
  });

  test('a card with an input too few', async () => {
    const loaded = await card('linear');
    const short = { ...loaded, card: { ...loaded.card, inputs: loaded.card.inputs.slice(1) } };
    const problem = await problemOf(() => openModel(short));
    expect(problem.message.replaceAll(fixtures, '')).toBe(
      "model linear: its input tensor 'x' has shape [n, 3], 3 a row, but the card has 2 inputs for it (linear.card.yaml:11: inputs)",
    );
  });

  test('a card with other preprocessing than the model was made with', async () => {
    const loaded = await card('linear');
    const inputs = loaded.card.inputs.map((input) => ({ ...input, preprocess: undefined }));
    const problem = await problemOf(() => openModel({ ...loaded, card: { ...loaded.card, inputs } }));
    expect(problem.message.replaceAll(fixtures, '')).toMatch(
      /^linear\.validation\.csv:2: output score: wanted 0\.5349511504173279, model linear gives 0\.597\d+ \(tolerance 0\.00001\): mend/,
    );
  });
});
