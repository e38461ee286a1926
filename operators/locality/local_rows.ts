import { evaluateHats, type HatRows, type LocalBasis } from './basis.js';

/** Coefficients of a mean and of a variance over the basis. */
export interface LocalShape {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** How the residuals of one pass are made. Plain data. */
export interface LocalStep {
  readonly basis: LocalBasis;
  /** Winsorisation: δ is moved to the nearer end of [low, high], or of mean ± width · σ of a shape. */
  readonly clip:
    { readonly low: number; readonly high: number } | { readonly shape: LocalShape; readonly width: number };
  /** Mean that residuals are taken from: one, or one a fold of cross-fitting. */
  readonly mean?: readonly Float64Array[];
  /** Variance that events are weighted with. */
  readonly variance?: Float64Array;
}

/** Columns of a pass, made longer when a batch is. */
export interface LocalColumns {
  /** Winsorised response. */
  readonly y: Float64Array;
  /** (y − mean)². */
  readonly squared: Float64Array;
  /** Residual y − mean. */
  readonly residual: Float64Array;
  /** Pull (y − mean) / σ. */
  readonly pull: Float64Array;
  /** s / σ in [0, 1], where s² is the least variance. */
  readonly inverse: Float64Array;
  /** σ². */
  readonly variance: Float64Array;
  /** s² / σ² and s⁴ / σ⁴, the weights of the mean and of the variance. */
  readonly weight: Float64Array;
  readonly weightSquared: Float64Array;
}

export const localColumns = (length: number): LocalColumns => ({
  y: new Float64Array(length),
  squared: new Float64Array(length),
  residual: new Float64Array(length),
  pull: new Float64Array(length),
  inverse: new Float64Array(length),
  variance: new Float64Array(length),
  weight: new Float64Array(length),
  weightSquared: new Float64Array(length),
});

let scratch = new Float64Array(0);

export type LocalName = keyof LocalColumns;
const ALL: ReadonlySet<LocalName> = new Set(Object.keys(localColumns(0)) as LocalName[]);

/**
 * Winsorised response, residuals, pulls and weights of a batch, from the response `delta`, the evaluated basis and the
 * fold of each event. Without a mean residuals are y, without a variance all weights are 1 and the pull is the residual.
 * Only the columns `wanted`, and those that they are made of, are good afterwards.
 */
export function fillLocal(
  step: LocalStep,
  hats: HatRows,
  delta: Float64Array,
  fold: Uint16Array,
  length: number,
  out: LocalColumns,
  wanted: ReadonlySet<LocalName> = ALL,
): void {
  const { clip, mean, variance } = step;
  const wants = (...names: readonly LocalName[]): boolean => names.some((name) => wanted.has(name));
  if (scratch.length < length) scratch = new Float64Array(length);
  const { y, residual } = out;
  const weights = wants('inverse', 'weight', 'weightSquared');
  const varies = variance !== undefined && (weights || wants('pull', 'variance'));
  if (varies) evaluateHats(hats, variance, length, out.variance);
  else if (variance === undefined) out.variance.fill(1, 0, length);

  if ('shape' in clip) {
    evaluateHats(hats, clip.shape.mean, length, y);
    // Mostly the variance that events are weighted with.
    const same = varies && clip.shape.variance === variance;
    if (!same) evaluateHats(hats, clip.shape.variance, length, scratch);
    winsorise(delta, same ? out.variance : scratch, clip.width, length, y);
  } else for (let i = 0; i < length; i++) y[i] = Math.min(clip.high, Math.max(clip.low, delta[i]!));

  if (wants('residual', 'squared', 'pull')) {
    if (mean === undefined) residual.set(y.subarray(0, length));
    else if (mean.length === 1) {
      evaluateHats(hats, mean[0]!, length, scratch);
      subtract(y, scratch, length, residual);
    } else evaluateByFold(hats, mean, fold, y, length, residual);
  }
  if (wants('squared')) multiply(residual, residual, length, out.squared);
  if (wants('pull')) {
    if (variance === undefined) out.pull.set(residual.subarray(0, length));
    else pulls(residual, out.variance, length, out.pull);
  }
  if (!weights) return;
  if (variance === undefined) out.inverse.fill(1, 0, length);
  else {
    const least = variance.reduce((a, b) => Math.min(a, b), Infinity);
    inverses(least, out.variance, length, out.inverse);
  }
  if (wants('weight', 'weightSquared')) multiply(out.inverse, out.inverse, length, out.weight);
  if (wants('weightSquared')) multiply(out.weight, out.weight, length, out.weightSquared);
}

/** Moves δ to the nearer end of y ± width · σ. */
function winsorise(delta: Float64Array, variance: Float64Array, width: number, length: number, y: Float64Array): void {
  for (let i = 0; i < length; i++) {
    const reach = width * Math.sqrt(variance[i]!);
    y[i] = Math.min(y[i]! + reach, Math.max(y[i]! - reach, delta[i]!));
  }
}

function pulls(residual: Float64Array, variance: Float64Array, length: number, out: Float64Array): void {
  for (let i = 0; i < length; i++) out[i] = residual[i]! / Math.sqrt(variance[i]!);
}

function inverses(least: number, variance: Float64Array, length: number, out: Float64Array): void {
  // Rounding may bring an interpolated variance a bit below the least coefficient.
  for (let i = 0; i < length; i++) out[i] = Math.min(1, Math.sqrt(least / variance[i]!));
}

function subtract(a: Float64Array, b: Float64Array, length: number, out: Float64Array): void {
  for (let i = 0; i < length; i++) out[i] = a[i]! - b[i]!;
}

export function multiply(a: Float64Array, b: Float64Array, length: number, out: Float64Array): void {
  for (let i = 0; i < length; i++) out[i] = a[i]! * b[i]!;
}

function evaluateByFold(
  { index, value }: HatRows,
  mean: readonly Float64Array[],
  fold: Uint16Array,
  y: Float64Array,
  length: number,
  out: Float64Array,
): void {
  for (let i = 0; i < length; i++) {
    const beta = mean[fold[i]!]!;
    let sum = 0;
    for (let t = 0; t < index.length; t++) sum += value[t]![i]! * beta[index[t]![i]!]!;
    out[i] = y[i]! - sum;
  }
}
