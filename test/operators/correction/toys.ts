import { readFileSync } from 'node:fs';
import type { RegimeCells } from '../../../operators/correction/regime_cells.js';
import { normal } from '../../../operators/random/normal.js';
import { philox } from '../../../operators/random/philox.js';
import { uniform } from '../../../operators/random/uniform.js';
import type { RegimeMap } from '../../../operators/regimes/regime_map.js';
import { responseCells, type ResponseCellsState } from '../../../operators/summaries/response_cells.js';
import { regimeMap } from '../../support/corrections.js';
import { rowsOf } from '../summaries/rows.js';

/** An event of two context variables: split 0 train, 1 validation, 2 test. */
export interface Event {
  readonly context: readonly number[];
  readonly y: number;
  readonly split: number;
}

/** Two regimes of the variables a and b, left and right of a = 2, in standardised units a − 2 and b. */
export const twoRegimes: RegimeMap = regimeMap({
  variables: ['a', 'b'],
  scale: [
    { mean: 2, width: 1 },
    { mean: 0, width: 1 },
  ],
  centroids: [
    [-1, 0],
    [1, 0],
  ],
});

/** Two numbers in (0, 1), a function of (event, toy, draw). */
export function chance(event: number, toy: number, draw = 0): [number, number] {
  const out = new Uint32Array(4);
  philox(event, draw, 0, 0, toy, 0, out);
  return [uniform(out[0]!, out[1]!), uniform(out[2]!, out[3]!)];
}

/** a in (0, 4), b in (−1, 1), split 70/15/15, and y = bias(a, b) + width · a normal number (5 % of them 5 times wider). */
export function toyEvents(
  n: number,
  toy: number,
  width: number,
  bias: (a: number, b: number, split: number) => number,
): Event[] {
  return Array.from({ length: n }, (_, i) => {
    const [u, v] = chance(i, toy);
    const [s, z] = chance(i, toy, 1);
    const [tail] = chance(i, toy, 2);
    const [a, b] = [4 * u, 2 * v - 1];
    const split = s < 0.7 ? 0 : s < 0.85 ? 1 : 2;
    return { context: [a, b], y: bias(a, b, split) + (tail < 0.05 ? 5 : 1) * width * normal(z), split };
  });
}

export function stateOf(events: readonly Event[], maxCells = 1024): ResponseCellsState {
  const dimensions = events[0]?.context.length ?? 2;
  const state = responseCells.create({ dimensions, groups: 3, maxCells });
  responseCells.fill(state, rowsOf(table(events)));
  return state;
}

export const table = (events: readonly Event[]) => ({
  columns: [
    ...Array.from({ length: events[0]?.context.length ?? 2 }, (_, d) => events.map(({ context }) => context[d]!)),
    events.map(({ y }) => y),
  ],
  group: events.map(({ split }) => split),
});

/** Cells given outright, all in group 0; standardised is the context itself. */
export interface PlainCells {
  readonly points: readonly (readonly number[])[];
  readonly n: readonly number[];
  readonly sum: readonly number[];
  readonly sumOfSquares: readonly number[];
  readonly regime: readonly number[];
}

export function plainCells({ points, n, sum, sumOfSquares, regime }: PlainCells): RegimeCells {
  const dimensions = points[0]!.length;
  const variables = ['a', 'b', 'c', 'd'].slice(0, dimensions);
  const columns = variables.map((_, d) => Float64Array.from(points, (row) => row[d]!));
  const map = regimeMap({
    variables,
    scale: variables.map(() => ({ mean: 0, width: 1 })),
    centroids: Array.from({ length: Math.max(...regime) + 1 }, (_, r) =>
      variables.map((_, d) => (d === 0 ? 2 * r - 1 : 0)),
    ),
  });
  return {
    points: Float64Array.from(points.flat()),
    n: Float64Array.from(n),
    sum: Float64Array.from(sum),
    sumOfSquares: Float64Array.from(sumOfSquares),
    cells: points.length,
    groups: 1,
    dimensions,
    map,
    context: columns,
    standardised: columns,
    regime: Uint16Array.from(regime),
  };
}

interface Stored extends PlainCells {
  readonly means: readonly number[];
  readonly low: number[][];
  readonly high: number[][];
  readonly fits: readonly { readonly degree: 1 | 2; readonly lambda: number; readonly coefficients: number[][] }[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly gains: readonly { readonly n: number; readonly value: number; readonly error: number }[];
}

/** What scikit-learn, NumPy and SciPy make of some cells (test/fixtures/correction/reference.py). */
export const reference = JSON.parse(readFileSync('test/fixtures/correction/reference.json', 'utf8')) as Stored[];
