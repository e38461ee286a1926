import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import { logTail } from '../statistics/normal_tail.js';

/** One tail: it begins α core widths from the middle and falls with the power n. α = ∞: no tail. */
export interface Tail {
  readonly alpha: number;
  readonly n: number;
}

export const NO_TAIL: Tail = { alpha: Infinity, n: 2 };

const ROOT_TWO_PI = 2.5066282746310002;

/**
 * Crystal Ball at t = (x − mean) / σ, not normalised (1 at its peak): a Gaussian with a power tail on the low side and,
 * if `high` is given, on the high side.
 *
 *   e^(−t²/2)                                       for −α < t < α_high
 *   e^(−α²/2) · (1 + α (−α − t) / n)^(−n)           for t ≤ −α, and likewise above
 *
 * which is Skwarnicki's A (B − t)^(−n), A = (n/α)^n e^(−α²/2), B = n/α − α; value and slope are continuous. α > 0 and
 * n > 1, both without unit. NaN gives NaN.
 * T. Skwarnicki, thesis, DESY F31-86-02 (1986), appendix E.
 */
export function crystalBall(t: number, low: Tail, high: Tail = NO_TAIL): number {
  if (t < -low.alpha) return exp(logTailValue(-t, low));
  if (t > high.alpha) return exp(logTailValue(t, high));
  return exp(-0.5 * t * t);
}

/** ln of a tail at distance d ≥ α from the middle. */
const logTailValue = (d: number, { alpha, n }: Tail): number =>
  -0.5 * alpha * alpha - n * log(1 + (alpha * (d - alpha)) / n);

/**
 * ∫ crystalBall dt over all t: the tails give e^(−α²/2) n / (α (n − 1)) each, the core √(2π) times the share of a
 * standard normal between them. The density of x is crystalBall((x − mean) / σ) / (σ · area). n ≤ 1: ∞.
 */
export function crystalBallArea(low: Tail, high: Tail = NO_TAIL): number {
  return ROOT_TWO_PI * (1 - exp(logTail(low.alpha)) - exp(logTail(high.alpha))) + tailArea(low) + tailArea(high);
}

function tailArea({ alpha, n }: Tail): number {
  if (alpha === Infinity) return 0;
  return n > 1 ? (exp(-0.5 * alpha * alpha) * n) / (alpha * (n - 1)) : Infinity;
}
