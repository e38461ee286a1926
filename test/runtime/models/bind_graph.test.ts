import { describe, expect, test } from 'vitest';
import { bindGraph } from '../../../runtime/models/bind_graph.js';
import { parseCard } from '../../../runtime/models/card_file.js';
import type { GraphFacts, TensorFacts } from '../../../runtime/models/model_messages.js';
import { problemOf } from '../../support/problem_of.js';

const card = (inputs: string, outputs = '[{ name: score, meaning: logit }]', more = '') =>
  parseCard(
    `name: m
title: m
file: m.onnx
sha256: ${'a'.repeat(64)}
opset: 17
runtime: any
licence: any
training: { reference: none }
pipeline: none.yaml
inputs: ${inputs}
outputs: ${outputs}
task: { kind: classify, output: score }
${more}`,
    'c.yaml',
  );
const tensor = (name: string, shape: TensorFacts['shape'], type = 'float32', isTensor = true): TensorFacts => ({
  ...{ name, shape, type, isTensor },
});
const graph = (inputs: TensorFacts[], outputs = [tensor('y', ['n', 1])]): GraphFacts => ({ inputs, outputs });
const two = card('[{ name: a }, { name: b }]');
const named = card('[{ name: a, tensor: p }, { name: b, tensor: q }, { name: c, tensor: p }]');

test('all inputs are one tensor, in the order of the card', () => {
  expect(bindGraph(two, graph([tensor('x', ['n', 2])]))).toEqual({
    ...{ batch: 512, fixed: false, type: 'float32' },
    inputs: [{ name: 'x', columns: [0, 1], dims: [2] }],
    outputs: [{ tensor: 'y', index: 0 }],
  });
});

test('named tensors, a number a row, sizes that are not fixed, and more dimensions than one', () => {
  const { inputs } = bindGraph(named, graph([tensor('p', ['n', 1, 2]), tensor('q', ['n'])]));
  expect(inputs).toEqual([
    { name: 'p', columns: [0, 2], dims: [1, 2] },
    { name: 'q', columns: [1], dims: [] },
  ]);
  expect(bindGraph(two, graph([tensor('x', ['n', 'd'])])).inputs[0]!.dims).toEqual([2]);
});

test('a batch that the model fixes', () => {
  expect(bindGraph(two, graph([tensor('x', [7, 2])], [tensor('y', [7])]))).toMatchObject({ batch: 7, fixed: true });
});

describe('what does not fit is refused in one line', () => {
  const outputs = (text: string) => card('[{ name: a }, { name: b }]', text);
  const xs = [tensor('x', ['n', 2])];
  test.each([
    [
      'a wider model',
      two,
      graph([tensor('x', ['n', 3])]),
      "model m: its input tensor 'x' has shape [n, 3], 3 a row, but the card has 2 inputs for it (c.yaml:10: inputs)",
    ],
    [
      'another type',
      two,
      graph([tensor('x', ['n', 2], 'float64')]),
      "model m: its input tensor 'x' is float64, the card says float32 (c.yaml: tensor.type): mend the card",
    ],
    [
      'whole numbers',
      two,
      graph([tensor('x', ['n', 2], 'int64')]),
      "model m: its input tensor 'x' is int64, the card says float32 (c.yaml: tensor.type): export the model with float32 inputs",
    ],
    [
      'an unknown input tensor',
      named,
      graph([tensor('p', ['n', 2]), tensor('r', ['n', 1])]),
      "c.yaml:10: inputs.1.tensor: the model has no input tensor 'q' (for b); known here: p, r",
    ],
    [
      'a tensor without inputs',
      two,
      graph([tensor('p', ['n', 2]), tensor('q', ['n', 1])]),
      "model m: its input tensor 'p' gets none of the card's inputs: say which by 'tensor: p' (c.yaml:10: inputs)",
    ],
    [
      'a map as input',
      two,
      graph([tensor('x', [], '', false)]),
      "model m: its input tensor 'x' is a map or a sequence: export the model with tensors",
    ],
    [
      'a scalar as input',
      two,
      graph([tensor('x', [])]),
      "model m: its input tensor 'x' has shape []; [rows, inputs] is needed",
    ],
    [
      'several numbers of rows',
      named,
      graph([tensor('p', [4, 2]), tensor('q', [5, 1])]),
      'model m: its input tensors have 4 and 5 rows: export it with one number',
    ],
    [
      'an unknown output tensor',
      outputs('[{ name: score, tensor: logits, meaning: logit }]'),
      graph(xs, [tensor('logit', ['n', 1])]),
      "c.yaml:11: outputs.0.tensor: the model has no output tensor 'logits', did you mean 'logit'?",
    ],
    [
      'a label',
      two,
      graph(xs, [tensor('label', ['n'], 'int64'), tensor('p', ['n', 2])]),
      "c.yaml:11: outputs.0: output tensor 'label' of score is int64, no float32 or float64: name the tensor of the scores; there are label, p",
    ],
    [
      'a map',
      two,
      graph(xs, [tensor('maps', [], '', false)]),
      "c.yaml:11: outputs.0: output tensor 'maps' of score is a map or a sequence: export the model with options={'zipmap': False}",
    ],
    [
      'an index beyond the row',
      outputs('[{ name: score, index: 2, meaning: logit }]'),
      graph(xs, [tensor('y', ['n', 2])]),
      "c.yaml:11: outputs.0: output tensor 'y' of score has 2 numbers a row, no index 2",
    ],
  ])('%s', async (_, loaded, facts, message) => {
    const problem = await problemOf(() => bindGraph(loaded, facts));
    expect(problem.message).toBe(message);
    expect(problem.exitCode).toBe(2);
  });
});
