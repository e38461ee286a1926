import { Problem } from '../problem.js';
import { total } from '../statistics/bin_sums.js';

/** A set of windows, by regime: Σw, Σw² (null: counts), and the mean of δ with its standard error (NaN: no events). */
export interface RegimeMeans {
  readonly w: ArrayLike<number>;
  readonly w2: ArrayLike<number> | null;
  readonly mean: ArrayLike<number>;
  readonly error: ArrayLike<number>;
}

export interface Part {
  readonly value: number;
  readonly error: number;
  /** |value| / error; 0 when both are 0. */
  readonly sigma: number;
}

export interface MixOrResponse {
  /** Change of the overall bias; mix + response. */
  readonly total: Part;
  readonly mix: Part;
  readonly response: Part;
  readonly verdict: 'mix' | 'response' | 'both' | 'neither';
  /** Regimes with events on one side only: their δ is taken as unchanged, so they count as mix. */
  readonly oneSided: readonly number[];
}

const part = (value: number, variance: number): Part => {
  const error = Math.sqrt(variance);
  return { value, error, sigma: value === 0 ? 0 : Math.abs(value) / error };
};

/** Variance of Σ_r p_r g_r over the fluctuation of the shares p_r = w_r/W: Σ Σw²_r (g_r − Σ p g)² / W². */
function shareVariance(w2: ArrayLike<number>, p: Float64Array, g: Float64Array, W: number): number {
  const mean = p.reduce((sum, x, r) => sum + x * g[r]!, 0);
  return g.reduce((sum, x, r) => sum + (w2[r]! * (x - mean) * (x - mean)) / (W * W), 0);
}

/**
 * Splits the change of the overall bias Σ p_r b_r (shares p, mean δ b by regime) between two sets of windows 0 and 1:
 *
 *   Δ = Σ (p1 − p0)(b0 + b1)/2 [the regime mix changed] + Σ (p0 + p1)/2 (b1 − b0) [δ changed inside regimes]
 *
 * Errors by linear propagation of the shares (multinomial, weights included) and of the means, taken as independent.
 * A part counts in the verdict from `sigma` standard errors on. Inside a regime, a move of the context is a
 * change of δ: the finer the regimes, the sharper the split.
 * Throws for an empty set, a set with negative Σw, or sets of different regimes.
 *
 * E. M. Kitagawa, J. Am. Stat. Assoc. 50 (1955) 1168; R. Oaxaca, Int. Econ. Rev. 14 (1973) 693; A. S. Blinder, J. Hum.
 * Resour. 8 (1973) 436.
 */
export function mixOrResponse(before: RegimeMeans, after: RegimeMeans, sigma = 3): MixOrResponse {
  const regimes = before.w.length;
  const [W0, W1] = [total(before.w), total(after.w)];
  if (regimes !== after.w.length || !(W0 > 0) || !(W1 > 0))
    throw new Problem(
      1,
      `Change of the bias: ${regimes} and ${after.w.length} regimes, Σw ${W0} and ${W1}; give the same, Σw > 0`,
    );
  const zeros = (): Float64Array => new Float64Array(regimes);
  const [p0, p1, b0, b1] = [zeros(), zeros(), zeros(), zeros()];
  const [middle, change] = [zeros(), zeros()];
  const oneSided: number[] = [];
  let [mix, response] = [0, 0];
  let [mixMeans, responseMeans, totalMeans] = [0, 0, 0];
  for (let r = 0; r < regimes; r++) {
    p0[r] = before.w[r]! / W0;
    p1[r] = after.w[r]! / W1;
    const [m0, m1] = [before.mean[r]!, after.mean[r]!];
    const [known0, known1] = [m0 === m0 && before.w[r] !== 0, m1 === m1 && after.w[r] !== 0];
    if (!known0 && !known1) continue;
    if (!known0 || !known1) oneSided.push(r);
    b0[r] = known0 ? m0 : m1;
    b1[r] = known1 ? m1 : m0;
    middle[r] = (b0[r]! + b1[r]!) / 2;
    change[r] = b1[r]! - b0[r]!;
    const [dp, p] = [p1[r]! - p0[r]!, (p0[r]! + p1[r]!) / 2];
    mix += dp * middle[r]!;
    response += p * change[r]!;
    const v0 = known0 ? before.error[r]! * before.error[r]! : 0;
    const v1 = known1 ? after.error[r]! * after.error[r]! : 0;
    // A mean known on one side only stands for both.
    const half = known0 && known1 ? 0.5 : 1;
    mixMeans += half * half * dp * dp * (v0 + v1);
    responseMeans += half === 1 ? 0 : p * p * (v0 + v1);
    totalMeans += half === 1 ? dp * dp * (v0 + v1) : p0[r]! * p0[r]! * v0 + p1[r]! * p1[r]! * v1;
  }
  const shares = (g0: Float64Array, g1: Float64Array): number =>
    shareVariance(before.w2 ?? before.w, p0, g0, W0) + shareVariance(after.w2 ?? after.w, p1, g1, W1);
  const halfChange = change.map((x) => x / 2);
  const parts = {
    total: part(mix + response, totalMeans + shares(b0, b1)),
    mix: part(mix, mixMeans + shares(middle, middle)),
    response: part(response, responseMeans + shares(halfChange, halfChange)),
  };
  const [mixed, responded] = [parts.mix.sigma >= sigma, parts.response.sigma >= sigma];
  const verdict = mixed ? (responded ? 'both' : 'mix') : responded ? 'response' : 'neither';
  return { ...parts, verdict, oneSided };
}
