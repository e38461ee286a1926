import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';

/** The parameters of the model of a peak, in the order of its columns. */
export const NAMES = ['shift', 'sigma', 'alpha', 'n', 'alphaHigh', 'nHigh', 'gamma', 'fraction', 'slope'] as const;
export type Name = (typeof NAMES)[number];
export const indexOf = (name: Name): number => NAMES.indexOf(name);

/** How many of them shape the peak; the rest is background. */
export const SHAPE = 7;

/**
 * Where a parameter may lie. GeV for shift, sigma and gamma, 1/GeV for slope; a scale from 0 upwards is logarithmic.
 * Below α = 0.5 too little of the Gaussian is left for its σ to mean something, beyond 4 there is no tail; n > 1, or the
 * tail could not be normalised, and above 30 a power tail is an exponential.
 */
const BOUNDS: Record<Name, { readonly low: number; readonly high: number; readonly logarithmic?: true }> = {
  shift: { low: -25, high: 25 },
  sigma: { low: 0.02, high: 25, logarithmic: true },
  alpha: { low: 0.5, high: 4 },
  n: { low: 1.02, high: 30, logarithmic: true },
  alphaHigh: { low: 0.5, high: 4 },
  nHigh: { low: 1.02, high: 30, logarithmic: true },
  gamma: { low: 0.3, high: 15, logarithmic: true },
  fraction: { low: 0, high: 0.98 },
  slope: { low: -0.4, high: 0.4 },
};

/** A parameter's value for the share of its allowed interval, share = 1 / (1 + e^(−a)), and its derivative by a. */
export function external(index: number, a: number): { readonly value: number; readonly slope: number } {
  const { low, high, logarithmic } = BOUNDS[NAMES[index]!];
  const share = 1 / (1 + exp(-a));
  const steep = share * (1 - share);
  if (logarithmic !== true) return { value: low + (high - low) * share, slope: (high - low) * steep };
  const span = log(high / low);
  const value = low * exp(span * share);
  return { value, slope: value * span * steep };
}

/** The inverse of `external`; a value at or beyond a bound counts as just inside. */
export function internal(index: number, value: number): number {
  const { low, high, logarithmic } = BOUNDS[NAMES[index]!];
  const share = logarithmic === true ? log(value / low) / log(high / low) : (value - low) / (high - low);
  const inside = Math.min(Math.max(share, 1e-3), 1 - 1e-3);
  return log(inside / (1 - inside));
}

/** The bound that a lies at, to 0.2 % of the interval; undefined inside. */
export function boundAt(index: number, a: number): number | undefined {
  const { low, high } = BOUNDS[NAMES[index]!];
  return a < -6.2 ? low : a > 6.2 ? high : undefined;
}
