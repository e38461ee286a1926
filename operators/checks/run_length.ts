import { Matrix, solve } from 'ml-matrix';
import { log } from '../expressions/math/log.js';
import { GAUSS_10 } from '../statistics/gauss_legendre.js';
import { Problem } from '../problem.js';
import { normalDensity, tail } from '../statistics/normal_tail.js';

/** Nodes and weights of Gauss–Legendre rules over panels no wider than 2, the scale on which the integrands vary. */
function rule(low: number, high: number): { readonly x: number[]; readonly w: number[] } {
  const panels = Math.max(1, Math.ceil((high - low) / 2));
  const half = (high - low) / panels / 2;
  const [x, w]: [number[], number[]] = [[], []];
  for (let panel = 0; panel < panels; panel++) {
    for (let i = 0; i < GAUSS_10.x.length; i++) {
      x.push(low + half * (2 * panel + 1 + GAUSS_10.x[i]!));
      w.push(half * GAUSS_10.w[i]!);
    }
  }
  return { x, w };
}

/**
 * Mean run length of the upper CUSUM of independent standard normal numbers, from 0: L(0) of
 * L(z) = 1 + L(0) Φ(k − z) + ∫_0^h L(x) φ(x + k − z) dx, by Gauss–Legendre quadrature at its own nodes.
 * The limit of the Markov chain of D. Brook & D. A. Evans, Biometrika 59 (1972) 539, to 9 digits.
 * A. L. Goel & S. M. Wu, Technometrics 13 (1971) 221; L. C. Vance, J. Qual. Technol. 18 (1986) 189.
 */
export function oneSidedRunLength(k: number, h: number): number {
  const { x, w } = rule(0, h);
  const at = [0, ...x];
  const system = at.map((z, i) => [
    (i === 0 ? 1 : 0) - tail(z - k),
    ...x.map((y, j) => (i === j + 1 ? 1 : 0) - w[j]! * normalDensity(y + k - z)),
  ]);
  return solve(new Matrix(system), Matrix.columnVector(at.map(() => 1))).get(0, 0);
}

/**
 * Mean run length of the two-sided CUSUM (k, h), both sums from 0, on independent normal numbers of this mean and
 * sigma: 1/L = 1/L⁺ + 1/L⁻ (K. W. Kemp, J. R. Stat. Soc. B 23 (1961) 149; exact for sums that begin at 0).
 */
export const averageRunLength = (k: number, h: number, mean = 0, sigma = 1): number =>
  1 / (1 / oneSidedRunLength((k - mean) / sigma, h / sigma) + 1 / oneSidedRunLength((k + mean) / sigma, h / sigma));

/**
 * Mean rate of alarms without change when the mean was learned from `learn` windows and then fixed: x has the mean
 * g/√(learn + 1), g standard normal and the same for all windows, and variance learn/(learn + 1). ∞: known exactly.
 */
function alarmRate(k: number, h: number, learn: number): number {
  if (learn === Infinity) return 2 / oneSidedRunLength(k, h);
  const sigma = Math.sqrt(learn / (learn + 1));
  const { x, w } = rule(-6, 6);
  let rate = 0;
  for (const [i, g] of x.entries()) {
    const mean = g / Math.sqrt(learn + 1);
    rate += (2 * w[i]! * normalDensity(g)) / oneSidedRunLength((k - mean) / sigma, h / sigma);
  }
  return rate;
}

export interface ThresholdConfig {
  readonly check: 'cusum' | 'page_hinkley';
  /** k of the CUSUM, delta of Page–Hinkley. */
  readonly k: number;
  /** Wanted mean number of windows to the first false alarm of the whole family. */
  readonly runLength: number;
  /** How many such checks run at once (regimes × quantities); default 1. */
  readonly checks?: number;
  /** Windows from which a mean was learned that is then fixed; default ∞: known, or followed (standardise.ts). */
  readonly learn?: number;
}

const HIGHEST = 30;

/**
 * The threshold h (lambda) at which a family of two-sided checks without change has the wanted mean run length.
 *
 * Each of K checks gets the run length K times the wanted: their alarms are rare and their rates add; checks that rise
 * together alarm less often. A mean that is learned and fixed is averaged over: the mean *rate* of alarms is set, which
 * is stricter than the mean run length (Jensen), so that the few lucky baselines do not pay for the others (the
 * effect: L. A. Jones, C. W. Champ, S. E. Rigdon, "The run length distribution of the CUSUM with estimated parameters",
 * J. Qual. Technol. 36 (2004) 95). Page–Hinkley is a CUSUM on x_t − x̄_t, independent of variance (t − 1)/t: the same
 * threshold, and the run length is a little longer; it takes no notice of a learned mean.
 * For Gaussian x; what skewed or long-tailed δ make of it, measure_run_length.ts tells.
 * Throws where no threshold up to 30 reaches the run length (a mean learned from too few windows for this k).
 */
export function thresholdFor({ check, k, runLength, checks = 1, learn = Infinity }: ThresholdConfig): number {
  if (!(runLength > 2) || !(k >= 0) || !(checks >= 1) || !(learn >= 1))
    throw new Problem(
      2,
      `Check ${check}: run length ${runLength}, k ${k}, checks ${checks}, learn ${learn}; at least 2, 0, 1, 1`,
    );
  const wanted = log(runLength * checks);
  const excess = (h: number): number => -log(alarmRate(k, h, check === 'cusum' ? learn : Infinity)) - wanted;
  let [low, high] = [0, 4];
  while (excess(high) < 0) {
    low = high;
    high *= 1.5;
    if (high > HIGHEST)
      throw new Problem(
        2,
        `Check ${check}: run length ${runLength} is out of reach with k ${k}, learn ${learn}; raise one`,
      );
  }
  // ln L is nearly linear in h: regula falsi, halving the end that stays (Illinois).
  let [fLow, fHigh] = [excess(low), excess(high)];
  let side = 0;
  for (;;) {
    const h = (low * fHigh - high * fLow) / (fHigh - fLow);
    const f = excess(h);
    if (Math.abs(f) < 1e-9 || high - low < 1e-12) return h;
    if (f < 0) {
      [low, fLow] = [h, f];
      if (side < 0) fHigh /= 2;
      side = -1;
    } else {
      [high, fHigh] = [h, f];
      if (side > 0) fLow /= 2;
      side = 1;
    }
  }
}
