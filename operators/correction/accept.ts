import { normal } from '../random/normal.js';
import { sigmaOf, type Gain } from './gain.js';

/** What a correction is worth on events that it was not fitted on. */
export interface Judgement {
  readonly gain: number;
  readonly gainError: number | null;
  /** The gain in units of its error, and how many of them it takes to be accepted. */
  readonly sigma: number;
  readonly wanted: number;
  /** The regime with the least gain in units of its error. */
  readonly worstRegime: {
    readonly regime: number;
    readonly gain: number;
    readonly error: number | null;
    readonly sigma: number;
  };
  /** Regimes that it makes worse beyond their error. */
  readonly harmed: readonly number[];
  readonly accepted: boolean;
  /** Of the verdict, with its numbers. */
  readonly reason: string;
}

/**
 * Accepted if (1) the gain over no correction, one-sided, is beyond the normal quantile of 1 − level / trials
 * (Bonferroni: `trials` is among how many it was chosen on these events), and (2) no regime loses: losses by regime are
 * tested one-sided, at `harmLevel` in all, after S. Holm, "A simple sequentially rejective multiple test procedure",
 * Scand. J. Statist. 6 (1979) 65.
 */
export function judge(
  { all, regimes }: { readonly all: Gain; readonly regimes: readonly Gain[] },
  { level, trials, harmLevel }: { readonly level: number; readonly trials: number; readonly harmLevel: number },
): Judgement {
  const sigma = sigmaOf(all);
  const wanted = normal(1 - level / trials);
  const harmed = losers(regimes.map(sigmaOf), harmLevel);
  const order = regimes.map((_, r) => r).sort((a, b) => sigmaOf(regimes[a]!) - sigmaOf(regimes[b]!));
  const worst = order[0] ?? 0;
  const least = regimes[worst] ?? { n: 0, value: 0, error: null };
  const enough = sigma >= wanted;
  const words = `${gainInWords(all)} on validation (${sigma.toFixed(1)} sigma, ${wanted.toFixed(1)} wanted)`;
  const loss = harmed.map((r) => `regime ${r} made worse by ${(-sigmaOf(regimes[r]!)).toFixed(1)} sigma`).join(', ');
  return {
    gain: all.value,
    gainError: all.error,
    sigma,
    wanted,
    worstRegime: { regime: worst, gain: least.value, error: least.error, sigma: sigmaOf(least) },
    harmed,
    accepted: enough && harmed.length === 0,
    reason: [words, loss].filter((part) => part !== '').join(', but '),
  };
}

/** Indices whose sigma is significantly negative, by Holm's step-down: the most negative against level / count, and so on. */
function losers(sigmas: readonly number[], level: number): number[] {
  const order = sigmas.map((_, r) => r).sort((a, b) => sigmas[a]! - sigmas[b]!);
  const kept = order.findIndex((r, step) => -sigmas[r]! <= normal(1 - level / (sigmas.length - step)));
  return order.slice(0, kept < 0 ? order.length : kept).sort((a, b) => a - b);
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 'mean squared bias lessened by 0.8 ± 0.9 · 10⁻⁶', both in the power of ten of the larger. */
export function gainInWords({ value, error }: Gain): string {
  const larger = Math.max(Math.abs(value), error ?? 0);
  const exponent = larger === 0 ? 0 : Number(larger.toExponential().split('e')[1]);
  const scaled = (x: number): string => (x / Number(`1e${exponent}`)).toFixed(2);
  const power = Array.from(String(Math.abs(exponent)), (digit) => SUPERSCRIPTS[Number(digit)]).join('');
  const unit = exponent === 0 ? '' : ` · 10${exponent < 0 ? '⁻' : ''}${power}`;
  return `mean squared bias lessened by ${scaled(value)}${error === null ? '' : ` ± ${scaled(error)}`}${unit}`;
}
