import { philox } from '../../operators/random/philox.js';
import { uniform } from '../../operators/random/uniform.js';
import type { Envelope, Objective, ProbedEvents } from '../../operators/probes/types.js';

/** margin = bias + Σ weights_j x_j + derived.weight · Σ x_of, the last term a feature that follows from others. */
export interface LinearModel {
  readonly weights: readonly number[];
  readonly bias: number;
  readonly derived?: { readonly of: readonly number[]; readonly weight: number };
}

/** The model as an objective; `calls` gets the number of rows of each call. */
export function linearObjective(model: LinearModel): Objective & { readonly calls: number[] } {
  const calls: number[] = [];
  const features: Objective['features'] = (_rows, x) =>
    model.derived === undefined ? x : [...x, sumOf(model.derived.of.map((j) => x[j]!))];
  const weights = model.derived === undefined ? model.weights : [...model.weights, model.derived.weight];
  return {
    calls,
    features,
    margin: (rows, x) => {
      calls.push(rows.length);
      const columns = features(rows, x);
      const margin = new Float64Array(rows.length).fill(model.bias);
      columns.forEach((column, j) => {
        for (let r = 0; r < rows.length; r++) margin[r]! += weights[j]! * column[r]!;
      });
      return Promise.resolve(margin);
    },
  };
}

/** ∂ margin / ∂ x_j of the free features: the derived feature's weight goes to its parents. */
export const effectiveWeights = ({ weights, derived }: LinearModel): number[] =>
  weights.map((w, j) => w + (derived?.of.includes(j) === true ? derived.weight : 0));

/**
 * How far size 1 lowers the margin of each event where no range or step is in the way: Σ |w_j σ_j| over single features
 * plus √(aᵀ R a) of each group, a_j = w_j σ_j. The least size that fools is margin / reach.
 */
export function reachOf(envelope: Envelope, events: ProbedEvents, model: LinearModel): Float64Array {
  const weights = effectiveWeights(model);
  const grouped = new Set(envelope.groups.flatMap(({ members }) => members));
  return Float64Array.from({ length: events.length }, (_, i) => {
    const a = weights.map((w, j) => w * events.sigma[j]![i]!);
    let reach = 0;
    a.forEach((value, j) => (reach += grouped.has(j) ? 0 : Math.abs(value)));
    for (const { members, cholesky } of envelope.groups) {
      const g = members.length;
      let square = 0;
      for (let column = 0; column < g; column++) {
        let v = 0;
        for (let row = column; row < g; row++) v += cholesky[row * g + column]! * a[members[row]!]!;
        square += v * v;
      }
      reach += Math.sqrt(square);
    }
    return reach;
  });
}

export interface EnvelopeParts {
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  readonly step?: readonly number[];
  readonly groups?: readonly { readonly members: readonly number[]; readonly correlation: readonly number[][] }[];
}

/** An envelope of d free features x0, x1, ...; without parts: no ranges, no steps, no groups. */
export const envelopeOf = (d: number, { low, high, step, groups = [] }: EnvelopeParts = {}): Envelope => ({
  names: Array.from({ length: d }, (_, j) => `x${j}`),
  low: Float64Array.from(low ?? Array.from({ length: d }, () => -Infinity)),
  high: Float64Array.from(high ?? Array.from({ length: d }, () => Infinity)),
  step: Float64Array.from(step ?? Array.from({ length: d }, () => 0)),
  groups: groups.map(({ members, correlation }) => ({ members, cholesky: choleskyOf(correlation) })),
});

/** Lower Cholesky factor of a matrix, row by row. */
export function choleskyOf(matrix: readonly (readonly number[])[]): Float64Array {
  const n = matrix.length;
  const factor = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row]![column]!;
      for (let k = 0; k < column; k++) sum -= factor[row * n + k]! * factor[column * n + k]!;
      factor[row * n + column] = row === column ? Math.sqrt(sum) : sum / factor[column * n + column]!;
    }
  }
  return factor;
}

/** Events with the columns x[j][i] and sigma[j][i]; event i has the key (i, 7). */
export const eventsOf = (x: readonly (readonly number[])[], sigma: readonly (readonly number[])[]): ProbedEvents => ({
  length: x[0]!.length,
  keyLo: Uint32Array.from(x[0]!, (_, i) => i),
  keyHi: new Uint32Array(x[0]!.length).fill(7),
  x: x.map((column) => Float64Array.from(column)),
  sigma: sigma.map((column) => Float64Array.from(column)),
});

/** Events with x uniform in (-1, 1) and σ uniform in (0.05, 0.15). */
export function drawnEvents(length: number, d: number, seed = 1): ProbedEvents {
  const words = new Uint32Array(4);
  const draw = (i: number, j: number, k: number): number => {
    philox(i, j, 0, 0, seed, 9999, words);
    return uniform(words[2 * k]!, words[2 * k + 1]!);
  };
  const columns = (k: number, from: number, width: number): number[][] =>
    Array.from({ length: d }, (_, j) => Array.from({ length }, (_, i) => from + width * draw(i, j, k)));
  return eventsOf(columns(0, -1, 2), columns(1, 0.05, 0.1));
}

/** Rows 0 to length − 1. */
export const allRows = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

function sumOf(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, r) => columns.reduce((sum, column) => sum + column[r]!, 0));
}
