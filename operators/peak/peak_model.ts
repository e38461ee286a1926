import { Z_MASS, Z_WIDTH } from './breit_wigner.js';
import { fisherScoring, type Fitted } from './fisher_scoring.js';
import { likelihood } from './likelihood.js';
import { indexOf, NAMES, type Name } from './parameters.js';
import type { Spectrum } from './spectrum.js';

export interface PeakModel {
  /** Sides on which the resolution has a power tail; `best`, the default: on both where that is much better, else low. */
  readonly tails?: 'low' | 'both' | 'best';
  /** false: no resolution at all, for masses of the truth. By default fitted. */
  readonly resolution?: boolean;
  /** Γ in GeV, by default 2.4952. */
  readonly naturalWidth?: number | 'free';
  /** By default none. */
  readonly background?: 'none' | 'flat' | 'exponential';
}

/** `none`: there is no resolution in the fit. */
export interface ModelFit extends Fitted {
  readonly tails: 'none' | 'low' | 'both';
}

/** Twice the log-likelihood that the second tail, with its two parameters, must gain. */
const MUCH_BETTER = 25;
/** Starting values; of the widths, GeV, the one of the highest likelihood. */
const START = { alpha: 1.5, n: 3, fraction: 0.05 };
const START_SIGMAS = [0.4, 0.8, 1.5, 2.5, 4, 7];
/** GeV: the window that, where it holds most, has the peak in its middle. */
const PEAK_WINDOW = 3;

const TAIL_LOW: readonly Name[] = ['sigma', 'alpha', 'n'];
const TAIL_HIGH: readonly Name[] = ['alphaHigh', 'nHigh'];

/** Fits a model of the peak to a spectrum; without resolution where its width is not larger than its error. */
export function fitModel(spectrum: Spectrum, model: PeakModel, weighted: boolean): ModelFit {
  const others: Name[] = ['shift'];
  const base = new Float64Array(NAMES.length);
  const set = (values: Partial<Record<Name, number>>): void => {
    for (const [name, value] of Object.entries(values)) base[indexOf(name as Name)] = value;
  };
  set({ shift: peakOf(spectrum) - Z_MASS, n: START.n, nHigh: START.n, alpha: Infinity, alphaHigh: Infinity });
  set({ gamma: typeof model.naturalWidth === 'number' ? model.naturalWidth : Z_WIDTH });
  if (model.naturalWidth === 'free') others.push('gamma');
  if (model.background === 'flat' || model.background === 'exponential') {
    set({ fraction: START.fraction });
    others.push('fraction');
    if (model.background === 'exponential') others.push('slope');
  }
  const fit = (start: Float64Array, names: readonly Name[]): Fitted => fisherScoring(spectrum, start, names, weighted);

  if (model.resolution === false) return { ...fit(base, others), tails: 'none' };
  const low: ModelFit = { ...fit(withResolution(spectrum, base), [...others, ...TAIL_LOW]), tails: 'low' };
  if (low.reason === undefined && !seen(low)) return { ...fit(base, others), tails: 'none' };
  if (model.tails === 'low') return low;
  const start = low.p.with(indexOf('alphaHigh'), START.alpha);
  const both: ModelFit = { ...fit(start, [...others, ...TAIL_LOW, ...TAIL_HIGH]), tails: 'both' };
  if (model.tails === 'both' || low.reason !== undefined) return both;
  const better = 2 * (both.logLikelihood - low.logLikelihood) > MUCH_BETTER;
  return both.reason === undefined && seen(both) && better ? both : low;
}

/** The width of the resolution is larger than its error. */
function seen({ p, errors }: Fitted): boolean {
  const sigma = indexOf('sigma');
  return errors[sigma]! < p[sigma]!;
}

/** The starting point with the resolution, of some, that fits best. */
function withResolution(spectrum: Spectrum, base: Float64Array): Float64Array {
  let best = base;
  let highest = -Infinity;
  for (const sigma of START_SIGMAS) {
    const p = base.with(indexOf('sigma'), sigma).with(indexOf('alpha'), START.alpha);
    const { log } = likelihood(spectrum, p, p, []);
    if (log > highest) [best, highest] = [p, log];
  }
  return best;
}

/** The middle of the fullest window. */
function peakOf({ low, width, bins, w }: Spectrum): number {
  const wide = Math.min(bins, Math.max(1, Math.round(PEAK_WINDOW / width)));
  let content = 0;
  let most = -Infinity;
  let best = 0;
  for (let i = 0; i < bins; i++) {
    content += w[i]! - (i < wide ? 0 : w[i - wide]!);
    if (i >= wide - 1 && content > most) [most, best] = [content, i + 1 - wide];
  }
  return low + (best + wide / 2) * width;
}
