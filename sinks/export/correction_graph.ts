import { features, type CorrectionModel } from '../../operators/correction/correction_model.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { doubles, integer, operator, type GraphDraft } from './onnx_graph.js';

/** The terms added from first to last. */
export const sum = (graph: GraphDraft, terms: readonly string[], label: string): string =>
  terms.reduce((total, term, i) => operator(graph, 'Add', [total, term], `${label}_${i}`));

/** (x − mean) · (1 / width) of each context variable. */
export const standardise = (graph: GraphDraft, { variables, scale }: RegimeMap): string[] =>
  scale.map(({ mean, width }, d) => {
    const centred = operator(graph, 'Sub', [variables[d]!, doubles(graph, `mean_${d}`, [], [mean])], `centred_${d}`);
    return operator(graph, 'Mul', [centred, doubles(graph, `inverse_${d}`, [], [1 / width])], `x_${d}`);
  });

/** ArgMin over the centroids of the squared distance, summed in the order of the variables. */
export function nearestCentroid(graph: GraphDraft, { centroids }: RegimeMap, x: readonly string[]): string {
  const last = integer(graph, 'last_axis', [1], 1);
  const squares = x.map((u, d) => {
    const row = centroids.map((centroid) => centroid[d]!);
    const at = operator(graph, 'Unsqueeze', [u, last], `column_${d}`);
    const away = operator(graph, 'Sub', [at, doubles(graph, `centroids_${d}`, [1, row.length], row)], `away_${d}`);
    return operator(graph, 'Mul', [away, away], `square_${d}`);
  });
  const attributes = { axis: 1, keepdims: 0, select_last_index: 0 };
  return operator(graph, 'ArgMin', [sum(graph, squares, 'distance')], 'nearest', attributes);
}

/** c before events without a context are marked; undefined for the identity. */
export function polynomial(
  graph: GraphDraft,
  { layer, degree, low, high, coefficients }: CorrectionModel,
  x: readonly string[],
  regime: string,
): string | undefined {
  if (layer === 'identity') return undefined;
  const ofRegime = (values: readonly number[], label: string): string => {
    const table = doubles(graph, `${label}_table`, [values.length], values);
    return operator(graph, 'Gather', [table, regime], label, { axis: 0 });
  };
  const entry = (rows: CorrectionModel['low'], at: number): number[] => rows.map((row) => row[at]!);
  const clamped =
    degree === 0
      ? []
      : x.map((u, d) => {
          const raised = operator(graph, 'Max', [u, ofRegime(entry(low, d), `low_${d}`)], `raised_${d}`);
          return operator(graph, 'Min', [raised, ofRegime(entry(high, d), `high_${d}`)], `clamped_${d}`);
        });
  const terms = features(x.length, degree).map(([i, j], f) => {
    const weight = ofRegime(entry(coefficients, f), `coefficient_${f}`);
    if (i === undefined) return weight;
    const phi = j === undefined ? clamped[i]! : operator(graph, 'Mul', [clamped[i]!, clamped[j]!], `product_${f}`);
    return operator(graph, 'Mul', [weight, phi], `term_${f}`);
  });
  return sum(graph, terms, 'correction');
}
