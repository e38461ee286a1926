import { DATA_TYPE, INT_ATTRIBUTE, type GraphProto } from './onnx_schema.js';

/** Nodes and constants that are being written; names of its own start with `prefix`, which no input or output does. */
export interface GraphDraft extends Pick<GraphProto, 'node' | 'initializer'> {
  readonly prefix: string;
}

/** A draft beside values of these names (C identifiers, as the format wants them). */
export function graphDraft(names: readonly string[]): GraphDraft {
  let prefix = '_';
  while (names.some((name) => name.startsWith(prefix))) prefix += '_';
  return { node: [], initializer: [], prefix };
}

/** A constant of doubles; `dims` [] is a scalar. Gives its name. */
export function doubles(graph: GraphDraft, label: string, dims: readonly number[], values: readonly number[]): string {
  const raw = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    raw.setFloat64(8 * i, value, true);
  });
  return constant(graph, label, dims, DATA_TYPE.double, raw);
}

/** A constant of one whole number; `dims` [] or [1]. Gives its name. */
export function integer(graph: GraphDraft, label: string, dims: readonly number[], value: number): string {
  const raw = new DataView(new ArrayBuffer(8));
  raw.setBigInt64(0, BigInt(value), true);
  return constant(graph, label, dims, DATA_TYPE.int64, raw);
}

function constant(graph: GraphDraft, label: string, dims: readonly number[], type: number, raw: DataView): string {
  const name = graph.prefix + label;
  graph.initializer.push({ dims, data_type: type, name, raw_data: new Uint8Array(raw.buffer) });
  return name;
}

/** Adds an operator with one output, named `prefix + label`. Gives its name. */
export const operator = (
  graph: GraphDraft,
  op: string,
  input: readonly string[],
  label: string,
  attributes: Readonly<Record<string, number>> = {},
): string => output(graph, op, input, graph.prefix + label, attributes);

/** Adds an operator whose output has exactly this name, as an output of the graph has. */
export function output(
  graph: GraphDraft,
  op: string,
  input: readonly string[],
  name: string,
  attributes: Readonly<Record<string, number>> = {},
): string {
  const attribute = Object.entries(attributes).map(([key, i]) => ({ name: key, i, type: INT_ATTRIBUTE }));
  graph.node.push({ input, output: [name], name: `${op}_${graph.node.length}`, op_type: op, attribute });
  return name;
}

/** A column of one entry an event, an input or output of the graph. */
export const column = (name: string, type: keyof typeof DATA_TYPE, doc: string): GraphProto['input'][number] => ({
  name,
  type: { tensor_type: { elem_type: DATA_TYPE[type], shape: { dim: [{ dim_param: 'events' }] } } },
  doc_string: doc,
});
