import { modelCardSchema, type ModelCard } from '../../schemas/model_card.js';

/** A card of two free inputs, one that follows, one that is held; with the entries given in place of its own. */
export const modelCard = (entries: object = {}): ModelCard =>
  modelCardSchema.parse({
    name: 'test',
    title: 'a model of the tests',
    file: 'test.onnx',
    sha256: '0'.repeat(64),
    opset: 17,
    runtime: 'none',
    licence: 'Apache-2.0',
    training: { reference: 'none' },
    pipeline: 'p.yaml',
    inputs: [
      { name: 'a', uncertainty: { absolute: 2 }, range: [0, 100] },
      { name: 'b', uncertainty: { relative: 0.1 }, missing: -1 },
      { name: 'sum', follows: 'nominal_sum + (a - nominal_a) + (b - nominal_b)' },
      { name: 'n', formula: 'count + 1' },
    ],
    outputs: [{ name: 'logit', meaning: 'logit' }],
    task: { kind: 'classify', output: 'logit', label: 'is_signal' },
    ...entries,
  });
