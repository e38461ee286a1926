import { checkCorrection, type CorrectionModel } from '../../operators/correction/correction_model.js';
import { wrongPipeline } from '../../operators/problem.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { nearestCentroid, polynomial, standardise, sum } from './correction_graph.js';
import { column, doubles, graphDraft, integer, operator, output } from './onnx_graph.js';
import { encodeModel } from './onnx_schema.js';

/** Operator set and format version: ONNX 1.12 of 2022, read by every onnxruntime since 1.12. */
export const OPSET = 17;
const IR_VERSION = 8;

export interface OnnxExport {
  readonly map: RegimeMap;
  readonly correction: CorrectionModel;
  /** The quantity that is corrected, as the pipeline names it. */
  readonly reco: string;
  readonly pipeline: { readonly name: string; readonly title: string; readonly hash: string };
  /** Unit of each input; null: it has none. */
  readonly units: Readonly<Record<string, string | null>>;
  /** Version of regimewatch. */
  readonly program: string;
}

/** Names of the inputs, in order, and of the outputs. A quantity that is a context variable itself is one input. */
export function onnxNames(map: RegimeMap, reco: string): { inputs: readonly string[]; outputs: readonly string[] } {
  const inputs = [...new Set([...map.variables, reco])];
  const outputs = ['regime', 'correction', `${reco}_corrected`];
  const taken = inputs.find((name) => outputs.includes(name));
  if (taken !== undefined) {
    throw wrongPipeline(`${taken}: an output of the exported model has this name; rename it in the pipeline`);
  }
  return { inputs, outputs };
}

/**
 * Regime map and correction as one ONNX model: columns of doubles in, `regime` (int64), `correction` and the corrected
 * quantity (double) out, one entry an event. Only elementwise operators and ArgMin, in the order in which assignRegimes
 * and applyCorrection calculate, so that a runtime with IEEE doubles repeats them bit for bit, ties included (ArgMin
 * takes the first of equals). Single precision would move events between regimes. An event with a context value that
 * is not finite gets regime −1 and NaN.
 */
export function correctionOnnx({ map, correction, reco, pipeline, units, program }: OnnxExport): Uint8Array {
  checkCorrection(correction, map);
  const { inputs, outputs } = onnxNames(map, reco);
  const graph = graphDraft([...inputs, ...outputs]);
  const x = standardise(graph, map);
  const hole = x.map((u, d) => operator(graph, 'Sub', [u, u], `hole_${d}`));
  const holes = sum(graph, hole, 'holes');
  const nearest = nearestCentroid(graph, map, x);
  const unknown = operator(graph, 'IsNaN', [holes], 'unknown');
  output(graph, 'Where', [unknown, integer(graph, 'none', [], -1), nearest], 'regime');
  const c = polynomial(graph, correction, x, nearest);
  if (c === undefined) output(graph, 'Identity', [holes], 'correction');
  else output(graph, 'Add', [c, holes], 'correction');
  const divisor = operator(graph, 'Add', ['correction', doubles(graph, 'one', [], [1])], 'divisor');
  output(graph, 'Div', [reco, divisor], `${reco}_corrected`);
  const doc = `${pipeline.title}: regime of the global context, and ${reco} corrected for the mean response in it.`;
  const inUnit = (name: string): string => units[name] ?? 'no unit';
  return encodeModel({
    ir_version: IR_VERSION,
    producer_name: 'regimewatch',
    producer_version: program,
    doc_string: doc,
    opset_import: [{ domain: '', version: OPSET }],
    metadata_props: Object.entries({
      pipeline: pipeline.name,
      pipeline_hash: pipeline.hash,
      regime_map: map.version,
      correction: correction.version,
      layer: correction.layer,
      labels: JSON.stringify(map.labels),
      units: JSON.stringify(Object.fromEntries(inputs.map((name) => [name, units[name] ?? null]))),
    }).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'correction',
      doc_string: doc,
      node: graph.node,
      initializer: graph.initializer,
      input: inputs.map((name) => column(name, 'double', inUnit(name))),
      output: [
        column('regime', 'int64', 'number of the regime; -1 where a context value is not finite'),
        column('correction', 'double', `c, the mean of (${reco} - truth) / truth that is expected in this context`),
        column(`${reco}_corrected`, 'double', `${reco} / (1 + c), ${inUnit(reco)}`),
      ],
    },
  });
}
