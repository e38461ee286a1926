import { compiledFiller } from '../../operators/compiled/book_filler.js';
import { compile, type EvaluatedBy } from '../../operators/expressions/evaluate.js';
import { plan } from '../../operators/expressions/plan.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import { fillBook, openBook, settleBook, type Book } from '../../operators/summaries/book.js';
import { sumAt, type ExactSums } from '../../operators/summaries/exact_sum.js';
import type { GridState } from '../../operators/summaries/grid.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { chainOf, WORKLOAD_SHAPE } from '../scaling/shape.js';
import { NUMBERS_OF, type Filled } from './result.js';
import { WORKLOAD } from './workload.js';

const { centroids, delta, mass } = WORKLOAD;
const groups = centroids.length;
/** As a replay reads them. */
const BATCH_EVENTS = 8192;

const { definitions, derived, map, entries } = chainOf(WORKLOAD_SHAPE);
const OUTPUTS = ['H_T', 'abs_deta', 'm_reco', 'delta'] as const;

type Fill = (columns: ReadonlyMap<string, Float32Array>, length: number) => void;

/** Formulas into columns, regimes, and the loop of each summary over its columns. */
function byLoops(book: Book, by: EvaluatedBy): { fill: Fill; end: () => void } {
  const given = new Map(WORKLOAD.columns.map((name) => [name, { type: 'number', unit: null } as const]));
  const { order } = plan(definitions, OUTPUTS, given);
  const evaluate = compile(definitions, order, OUTPUTS, by);
  const regime = new Uint16Array(BATCH_EVENTS);
  const distances = new Float64Array(BATCH_EVENTS);
  return {
    fill(batch, length) {
      const columns = evaluate(batch, length);
      const context = map.variables.map((name) => columns.get(name)!);
      assignRegimes(map, context, length, regime, distances);
      fillBook(book, entries, { length, columns, groups: new Map([['regime', regime]]), weight: null });
    },
    end: () => undefined,
  };
}

const neverMade = (): never => {
  throw new TypeError('the columns are in no other form');
};

/** All of it in one function of SIMD instructions. */
function byOneLoop(book: Book): { fill: Fill; end: () => void } {
  const { fill, end } = compiledFiller(book, entries, { derived, stored: () => 'f32' });
  return {
    fill(columns, length) {
      fill({ given: { length, columns, groups: new Map(), weight: null }, made: neverMade });
    },
    end,
  };
}

/** The chain as a replay does it, a batch after the other. Sums are exact. */
export function evaluated(by: EvaluatedBy) {
  return (columns: readonly Float32Array[], events: number): Filled => {
    const book = openBook(entries);
    const { fill, end } = by === 'compiled' ? byOneLoop(book) : byLoops(book, by);
    for (let start = 0; start < events; start += BATCH_EVENTS) {
      const length = Math.min(BATCH_EVENTS, events - start);
      fill(new Map(columns.map((column, c) => [WORKLOAD.columns[c]!, column.subarray(start, start + length)])), length);
    }
    end();
    settleBook(book);
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
