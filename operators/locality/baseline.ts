/** What lies below an onset: 0 columns (a known number, taken off y before), a fitted constant, or a fitted line. */
export type BaselineKind = 'known' | 'constant' | 'line';

export const BASELINE_PARAMETERS = { known: 0, constant: 1, line: 2 } as const;

export interface BaselineFit {
  /** y = level + drift · t; both 0 if known. */
  readonly level: number;
  readonly drift: number;
  readonly chi2: number;
}

/** Weighted least squares of y = level + drift · t in closed form; `residual` (y less the fit) is written if given. */
export function fitBaseline(
  kind: BaselineKind,
  t: Float64Array,
  weight: Float64Array,
  y: Float64Array,
  residual: Float64Array = new Float64Array(y.length),
): BaselineFit {
  let w = 0;
  let wt = 0;
  let wy = 0;
  for (let i = 0; i < y.length; i++) {
    w += weight[i]!;
    wt += weight[i]! * t[i]!;
    wy += weight[i]! * y[i]!;
  }
  const mean = kind === 'known' ? 0 : wy / w;
  const middle = wt / w;
  let tt = 0;
  let ty = 0;
  for (let i = 0; i < y.length; i++) {
    const d = t[i]! - middle;
    tt += weight[i]! * d * d;
    ty += weight[i]! * d * (y[i]! - mean);
  }
  const drift = kind === 'line' ? ty / tt : 0;
  const level = mean - drift * middle;
  let chi2 = 0;
  for (let i = 0; i < y.length; i++) {
    const r = y[i]! - level - drift * t[i]!;
    residual[i] = r;
    chi2 += weight[i]! * r * r;
  }
  return { level, drift, chi2 };
}
