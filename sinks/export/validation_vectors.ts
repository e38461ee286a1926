import { applyCorrection } from '../../operators/correction/apply.js';
import type { CorrectionModel } from '../../operators/correction/correction_model.js';
import { Problem } from '../../operators/problem.js';
import { philox } from '../../operators/random/philox.js';
import { uniform } from '../../operators/random/uniform.js';
import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import { onnxNames } from './correction_onnx.js';

export interface VectorsConfig {
  /** The quantity that is corrected, as the pipeline names it, and the range its values are drawn from. */
  readonly reco: string;
  readonly range: readonly [low: number, high: number];
  /** Default 1000. */
  readonly rows?: number;
}

/** Columns of inputs and of what the pipeline itself makes of them. JSON writes every double so that it reads back. */
export interface ValidationVectors {
  readonly regimeMap: string;
  readonly correction: string;
  readonly rows: number;
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/** Bounds of a box without a fitted one, in widths about the centroid. */
const REACH = 2;
/** How far beyond the box the outer rows go, in widths. */
const BEYOND = 3;

/**
 * Inputs with their expected outputs, for whoever runs the model elsewhere. Row i belongs to the box of regime i mod k:
 * of every ten of its rows seven lie inside the range the correction is clamped to, one on its lower and one on its
 * upper edge, and one beyond it in all variables. Drawn with Philox under a key from the correction's version, so one
 * model has one set of vectors. Inputs are single-precision numbers: any chain reads them unchanged.
 * Throws a Problem where the correction leaves no value, 1 + c ≤ 0.
 */
export function validationVectors(
  model: CorrectionModel,
  map: RegimeMap,
  { reco, range, rows = 1000 }: VectorsConfig,
): ValidationVectors {
  const { inputs, outputs } = onnxNames(map, reco);
  const context = map.scale.map(() => new Float64Array(rows));
  const value = new Float64Array(rows);
  const key = [0, 8].map((at) => Number.parseInt(model.version.slice(at, at + 8), 16));
  const bits = new Uint32Array(4);
  const draw = (row: number, of: number): number => {
    philox(row, of, 0, 0, key[0]!, key[1]!, bits);
    return uniform(bits[0]!, bits[1]!);
  };
  for (let i = 0; i < rows; i++) {
    const regime = i % map.centroids.length;
    const place = Math.floor(i / map.centroids.length) % 10;
    map.scale.forEach(({ mean, width }, d) => {
      const [low, high] = box(model, map, regime, d);
      context[d]![i] = Math.fround(mean + width * positionIn(low, high, place, draw(i, d)));
    });
    value[i] = Math.fround(range[0] + (range[1] - range[0]) * draw(i, context.length));
  }
  const own = map.variables.indexOf(reco);
  if (own >= 0) value.set(context[own]!);
  const regime = new Uint16Array(rows);
  assignRegimes(map, context, rows, regime, new Float64Array(rows));
  const c = new Float64Array(rows);
  applyCorrection(model, map, context, regime, rows, c);
  const nowhere = c.findIndex((x) => !(1 + x > 0));
  if (nowhere >= 0) {
    const where = map.variables.map((name, d) => `${name} = ${context[d]![nowhere]!}`).join(', ');
    throw new Problem(1, `correction: 1 + c is ${1 + c[nowhere]!} at ${where}; lower its degree or use layer regime`);
  }
  const columns = [...context, value].slice(0, inputs.length);
  const results = [regime, c, value.map((x, i) => x / (1 + c[i]!))];
  return {
    regimeMap: map.version,
    correction: model.version,
    rows,
    inputs: Object.fromEntries(inputs.map((name, at) => [name, [...columns[at]!]])),
    outputs: Object.fromEntries(outputs.map((name, at) => [name, [...results[at]!]])),
  };
}

/** The range that variable d is clamped to in a regime, else a range about the centroid. */
function box({ low, high }: CorrectionModel, { centroids }: RegimeMap, regime: number, d: number): [number, number] {
  const centre = centroids[regime]![d]!;
  const bound = (x: number | undefined, otherwise: number): number => (Number.isFinite(x) ? x! : otherwise);
  return [bound(low[regime]?.[d], centre - REACH), bound(high[regime]?.[d], centre + REACH)];
}

function positionIn(low: number, high: number, place: number, u: number): number {
  if (place === 7) return low;
  if (place === 8) return high;
  if (place === 9) return u < 0.5 ? low - 2 * u * BEYOND : high + (2 * u - 1) * BEYOND;
  return low + (high - low) * u;
}
