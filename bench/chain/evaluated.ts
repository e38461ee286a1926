import { compile, type EvaluatedBy } from '../../operators/expressions/evaluate.js';
import { plan } from '../../operators/expressions/plan.js';
import type { Precision } from '../../operators/expressions/precision.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import { fillBook, openBook, settleBook, type Book } from '../../operators/summaries/book.js';
import { sumAt, type ExactSums } from '../../operators/summaries/exact_sum.js';
import type { GridState } from '../../operators/summaries/grid.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { BATCH_EVENTS, runChain } from '../scaling/run_chain.js';
import { chainOf, WORKLOAD_SHAPE } from '../scaling/shape.js';
import { NUMBERS_OF, type Filled } from './result.js';
import { WORKLOAD } from './workload.js';

const { centroids, delta, mass } = WORKLOAD;
const groups = centroids.length;
const { definitions, map, entries } = chainOf(WORKLOAD_SHAPE);
const OUTPUTS = ['H_T', 'abs_deta', 'm_reco', 'delta'] as const;

/** Formulas into columns, regimes, and the loop of each summary over its columns. */
function byLoops(by: EvaluatedBy, columns: readonly Float32Array[], events: number): Book {
  const given = new Map(WORKLOAD.columns.map((name) => [name, { type: 'number', unit: null } as const]));
  const { order } = plan(definitions, OUTPUTS, given);
  const evaluate = compile(definitions, order, OUTPUTS, by);
  const regime = new Uint16Array(BATCH_EVENTS);
  const distances = new Float64Array(BATCH_EVENTS);
  const book = openBook(entries);
  for (let start = 0; start < events; start += BATCH_EVENTS) {
    const length = Math.min(BATCH_EVENTS, events - start);
    const batch = new Map(columns.map((x, c) => [WORKLOAD.columns[c]!, x.subarray(start, start + length)]));
    const made = evaluate(batch, length);
    const context = map.variables.map((name) => made.get(name)!);
    assignRegimes(map, context, length, regime, distances);
    fillBook(book, entries, { length, columns: made, groups: new Map([['regime', regime]]), weight: null });
  }
  settleBook(book);
  return book;
}

/** The chain as a replay does it, a batch after the other. Sums are exact. */
export function evaluated(by: EvaluatedBy, precision: Precision = 'f64') {
  return (columns: readonly Float32Array[], events: number): Filled => {
    const book =
      by === 'compiled' ? runChain(WORKLOAD_SHAPE, columns, events, precision) : byLoops(by, columns, events);
    const stateOf = (key: string): unknown => book[key]!.state;
    const response = stateOf('response') as HistogramState;
    const plane = stateOf('plane') as GridState;
    const byRegime = stateOf('byRegime') as MomentsState;
    const spectrum = stateOf('spectrum') as HistogramState;
    return {
      counts: {
        delta: withoutNaN(response.n, groups, delta[0]),
        grid: plane.n,
        mass: withoutNaN(spectrum.n, 1, mass[0]),
        regime: byRegime.n,
      },
      sums: {
        gridDelta: everyThird(plane.sums!, 0, NUMBERS_OF.sums.gridDelta),
        gridAbsolute: everyThird(plane.sums!, 2, NUMBERS_OF.sums.gridAbsolute),
        regimeDelta: everyThird(byRegime.sums, 0, groups),
        regimeSquare: everyThird(byRegime.sums, 1, groups),
      },
    };
  };
}

type F = Float64Array;

/** Histograms of the project have one slot more a group, for NaN, which the columns here do not give. */
const withoutNaN = (n: F, groups: number, bins: number): number[] =>
  Array.from({ length: groups }, (_, g) => [...n.subarray(g * (bins + 3), (g + 1) * (bins + 3) - 1)]).flat();

const everyThird = (sums: ExactSums, first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => sumAt(sums, 3 * i + first));
