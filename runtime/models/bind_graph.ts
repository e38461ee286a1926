import { wrongPipeline } from '../../operators/problem.js';
import type { ModelCard } from '../../schemas/model_card.js';
import { suggestion } from '../pipeline_mistake.js';
import type { LoadedCard } from './card_file.js';
import type { Binding, GraphFacts, TensorFacts } from './model_messages.js';

/** Rows a batch where the model does not say. */
export const BATCH = 512;

export interface BoundGraph extends Binding {
  /** The model says how many rows it takes. */
  readonly fixed: boolean;
}

type Card = Pick<LoadedCard, 'card' | 'locate'>;

/**
 * Which columns go to which tensor of the model, and which numbers of it are the outputs. Another number of inputs or
 * another type than the model wants, or a name that it does not have, is a Problem (2).
 */
export function bindGraph(loaded: Card, facts: GraphFacts): BoundGraph {
  const { card } = loaded;
  const names = facts.inputs.map(({ name }) => name);
  card.inputs.forEach(({ name, tensor }, i) => {
    if (tensor !== undefined && !names.includes(tensor))
      throw wrongPipeline(
        `${loaded.locate(['inputs', i, 'tensor'])}: the model has no input tensor '${tensor}' (for ${name})${suggestion(tensor, names)}`,
      );
  });
  const first = facts.inputs.flatMap(({ shape }) => (typeof shape[0] === 'number' && shape[0] > 0 ? [shape[0]] : []));
  const batch = first[0] ?? BATCH;
  const other = first.find((rows) => rows !== batch);
  if (other !== undefined)
    throw wrongPipeline(
      `model ${card.name}: its input tensors have ${batch} and ${other} rows: export it with one number`,
    );
  return {
    ...{ batch, fixed: first.length > 0 },
    type: card.tensor.type,
    inputs: facts.inputs.map((tensor) => bindInput(loaded, tensor, facts.inputs.length > 1)),
    outputs: card.outputs.map((output, i) => bindOutput(loaded, output, i, facts)),
  };
}

function bindInput(
  { card, locate }: Card,
  { name, isTensor, type, shape }: TensorFacts,
  several: boolean,
): Binding['inputs'][number] {
  const what = `model ${card.name}: its input tensor '${name}'`;
  const wanted = card.tensor.type;
  if (!isTensor) throw wrongPipeline(`${what} is a map or a sequence: export the model with tensors`);
  if (type !== wanted) {
    const mend = type === 'float32' || type === 'float64' ? 'mend the card' : 'export the model with float32 inputs';
    throw wrongPipeline(`${what} is ${type}, the card says ${wanted} (${locate(['tensor', 'type'])}): ${mend}`);
  }
  const columns = card.inputs.flatMap(({ tensor }, i) => ((tensor ?? (several ? null : name)) === name ? [i] : []));
  if (columns.length === 0)
    throw wrongPipeline(
      `${what} gets none of the card's inputs: say which by 'tensor: ${name}' (${locate(['inputs'])})`,
    );
  const dims = shape.slice(1);
  const fixed = dims.every((size): size is number => typeof size === 'number' && size > 0);
  if (shape.length === 0 || (!fixed && dims.length > 1))
    throw wrongPipeline(`${what} has shape [${shape.join(', ')}]; [rows, inputs] is needed`);
  const width = fixed ? dims.reduce((product, size) => product * size, 1) : columns.length;
  if (width !== columns.length) {
    const given = columns.length === 1 ? '1 input' : `${columns.length} inputs`;
    throw wrongPipeline(
      `${what} has shape [${shape.join(', ')}], ${width} a row, but the card has ${given} for it (${locate(['inputs'])})`,
    );
  }
  return { name, columns, dims: fixed ? dims : [columns.length] };
}

function bindOutput(
  { locate }: Pick<Card, 'locate'>,
  { name, tensor, index }: ModelCard['outputs'][number],
  i: number,
  { outputs }: GraphFacts,
): Binding['outputs'][number] {
  const names = outputs.map((each) => each.name);
  const found = tensor === undefined ? outputs[0] : outputs.find((each) => each.name === tensor);
  if (!found)
    throw wrongPipeline(
      `${locate(['outputs', i, 'tensor'])}: the model has no output tensor '${tensor ?? ''}'${suggestion(tensor ?? '', names)}`,
    );
  const where = `${locate(['outputs', i])}: output tensor '${found.name}' of ${name}`;
  if (!found.isTensor)
    throw wrongPipeline(`${where} is a map or a sequence: export the model with options={'zipmap': False}`);
  if (found.type !== 'float32' && found.type !== 'float64')
    throw wrongPipeline(
      `${where} is ${found.type}, no float32 or float64: name the tensor of the scores; there are ${names.join(', ')}`,
    );
  const { shape } = found;
  const width = shape.slice(1).reduce<number>((n, size) => n * (typeof size === 'number' ? size : NaN), 1);
  if (index >= width)
    throw wrongPipeline(`${where} has ${width} ${width === 1 ? 'number' : 'numbers'} a row, no index ${index}`);
  return { tensor: found.name, index };
}
