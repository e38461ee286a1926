import { Problem } from '../problem.js';
import type { RegimeMap } from '../regimes/regime_map.js';

/**
 * A correction of the response: c(context) with corrected value = value / (1 + c).
 *
 * In standardised context x_d = (context_d − mean_d) / width_d (scale of the map), clamped into [low, high] of the
 * regime, c = Σ_f coefficients[regime][f] · φ_f(x). Layer `identity`: c = 0; `regime`: a constant a regime (degree 0);
 * `smooth`: a polynomial a regime.
 */
export interface CorrectionModel {
  /** contentHash of the rest. */
  readonly version: string;
  /** Version of the RegimeMap it belongs to. */
  readonly regimeMap: string;
  readonly layer: 'identity' | 'regime' | 'smooth';
  /** Context variables, as in the map. */
  readonly variables: readonly string[];
  /** 0: a constant a regime. */
  readonly degree: 0 | 1 | 2;
  /** Standardised context is clamped into [low, high] (by regime and variable) so that nothing is extrapolated. */
  readonly low: readonly (readonly number[])[];
  readonly high: readonly (readonly number[])[];
  /** By regime and feature: 1, then each x_i, then each x_i x_j (i ≤ j), in lexicographic order. */
  readonly coefficients: readonly (readonly number[])[];
}

/** The variables whose product each feature is, in the order of the coefficients: [], [0], [1], [0, 0], [0, 1], [1, 1]. */
export function features(variables: number, degree: 0 | 1 | 2): readonly (readonly number[])[] {
  const each = [...Array(variables).keys()];
  const linear = degree >= 1 ? each.map((i) => [i]) : [];
  const quadratic = degree === 2 ? each.flatMap((i) => each.slice(i).map((j) => [i, j])) : [];
  return [[], ...linear, ...quadratic];
}

/** Throws a Problem unless the correction belongs to this map and has a number for every regime, feature and bound. */
export function checkCorrection(model: CorrectionModel, map: RegimeMap): void {
  const name = `correction ${model.version.slice(0, 12)}`;
  const fail = (what: string): never => {
    throw new Problem(1, `${name}: ${what}; fit it again on this map`);
  };
  if (model.regimeMap !== map.version) {
    fail(`made for regime map ${model.regimeMap.slice(0, 12)}, not ${map.version.slice(0, 12)}`);
  }
  if (model.variables.join() !== map.variables.join()) {
    fail(`of the variables [${model.variables.join(', ')}], the regime map has [${map.variables.join(', ')}]`);
  }
  if (model.layer === 'identity') return;
  const regimes = map.centroids.length;
  const expect = (what: string, rows: readonly (readonly number[])[], columns: number, usable: typeof isFinite) => {
    if (rows.length !== regimes) fail(`${rows.length} rows of ${what} for ${regimes} regimes`);
    rows.forEach((row, regime) => {
      if (row.length !== columns) fail(`${row.length} ${what} for regime ${regime}, ${columns} are needed`);
      if (!row.every(usable)) fail(`${what} of regime ${regime} are not all usable numbers`);
    });
  };
  expect('coefficients', model.coefficients, features(map.variables.length, model.degree).length, Number.isFinite);
  if (model.degree === 0) return;
  // A bound may be infinite: no clamp on that side.
  const known = (bound: number): boolean => !Number.isNaN(bound);
  expect('lower bounds', model.low, map.variables.length, known);
  expect('upper bounds', model.high, map.variables.length, known);
  model.low.forEach((row, regime) => {
    if (row.some((low, d) => low > model.high[regime]![d]!)) fail(`bounds of regime ${regime} are reversed`);
  });
}
