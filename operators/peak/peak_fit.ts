import { estimate, unknown, type Estimate } from '../response/estimate.js';
import { chiSquareTail } from '../statistics/chi_square.js';
import type { HistogramState } from '../summaries/histogram.js';
import { binShares } from './bin_shares.js';
import { Z_MASS } from './breit_wigner.js';
import { goodness } from './goodness.js';
import { fitModel, type ModelFit, type PeakModel } from './peak_model.js';
import { indexOf, type Name } from './parameters.js';
import { spectrumOf, type Spectrum } from './spectrum.js';

export interface PeakFitOptions extends PeakModel {
  /** GeV; by default 75 to 105, or what the histogram has of it. */
  readonly range?: readonly [low: number, high: number];
}

export interface PeakFit {
  readonly converged: boolean;
  /** Why nothing is known. */
  readonly reason?: string;
  /** m_Z plus the fitted shift, GeV: where the Breit–Wigner and the core of the resolution have their middles. */
  readonly position: Estimate;
  /** σ of the Gaussian core of the resolution, GeV. */
  readonly width: Estimate;
  /** Of the tails, in σ and as a power; of a tail that is not fitted or not seen: unknown. */
  readonly alpha: Estimate;
  readonly n: Estimate;
  readonly alphaHigh: Estimate;
  readonly nHigh: Estimate;
  /** Γ, GeV. */
  readonly naturalWidth: Estimate;
  /** Share of the background within the range. */
  readonly background: Estimate;
  /** Sides on which the resolution has a power tail; `none`: no resolution in the fit. */
  readonly tails: 'none' | 'low' | 'both' | null;
  readonly chi2: number | null;
  readonly ndof: number | null;
  readonly pValue: number | null;
  /** Events within the range, and their effective number (Σw)² / Σw². */
  readonly events: number;
  readonly effectiveEvents: number;
  /** Of the bins that were fitted, GeV. */
  readonly range: readonly [low: number, high: number];
}

const RANGE = [75, 105] as const;
/** GeV: a tenth of Γ, so that joining bins to this width loses nothing of the peak. */
const COARSEST = 0.25;
const MIN_EVENTS = 100;

/**
 * Fit of the mass spectrum of a group at the Z: relativistic Breit–Wigner ⊗ Crystal Ball, normalised within the range,
 * by maximum likelihood on bins of 0.25 GeV (fisher_scoring.ts says how, and which errors). GeV throughout.
 *
 * The Breit–Wigner is the Z alone. Photon exchange, interference and parton densities tilt a Drell–Yan spectrum, and a
 * resolution that differs between the events is no Crystal Ball: both move position and width by more than their errors
 * in a large sample, where χ² shows it. So compare fits with each other (before and after, reco and truth), do not read
 * them as a measurement of m_Z; a narrow range and a background help.
 *
 * Nothing is known, with the reason, below 100 events or effective events in the range, without convergence, and where
 * the peak is outside the range. A resolution too narrow to be seen is left out, the width then unknown. Flow bins and
 * NaN entries take no part.
 */
export function peakFit(hist: HistogramState, group: number, options: PeakFitOptions = {}): PeakFit {
  const range = options.range ?? [Math.max(RANGE[0], hist.bins[1]), Math.min(RANGE[1], hist.bins[2])];
  const spectrum = spectrumOf(hist, group, range, COARSEST);
  if (spectrum === undefined) return nothing(`no bin lies within ${range[0]} to ${range[1]} GeV`, range);
  const few = tooFew(spectrum);
  if (few !== undefined) return nothing(few, range, spectrum);
  const fit = fitModel(spectrum, options, hist.w !== null);
  if (fit.reason !== undefined) return nothing(fit.reason, range, spectrum);
  const position = Z_MASS + fit.p[indexOf('shift')]!;
  if (!(position > spectrum.low && position < spectrum.high)) {
    return nothing(`the peak is outside ${spectrum.low} to ${spectrum.high} GeV`, range, spectrum);
  }
  return known(fit, spectrum);
}

function tooFew({ events, sum, squares, bins }: Spectrum): string | undefined {
  if (events < MIN_EVENTS) return `fewer than ${MIN_EVENTS} events in the range`;
  if (sum <= 0) return 'weights add up to 0 or less';
  if ((sum * sum) / squares < MIN_EVENTS) return `fewer than ${MIN_EVENTS} effective events in the range`;
  return bins < 10 ? `only ${bins} bins in the range` : undefined;
}

const effective = ({ sum, squares }: Spectrum): number => (squares > 0 ? (sum * sum) / squares : 0);

function known(fit: ModelFit, spectrum: Spectrum): PeakFit {
  const value = (name: Name, offset = 0): Estimate => {
    const index = indexOf(name);
    if (fit.atBound.includes(name)) return { ...estimate(fit.p[index]!, NaN), reason: 'held at its bound' };
    if (!fit.fitted.includes(name)) return unknown('not fitted');
    return estimate(offset + fit.p[index]!, fit.errors[index]!);
  };
  const { chi2, ndof } = goodness(spectrum, binShares(spectrum, fit.p), fit.fitted.length);
  return {
    converged: true,
    position: value('shift', Z_MASS),
    width: fit.tails === 'none' ? unknown('no resolution in the fit') : value('sigma'),
    alpha: value('alpha'),
    n: value('n'),
    alphaHigh: value('alphaHigh'),
    nHigh: value('nHigh'),
    naturalWidth: value('gamma'),
    background: value('fraction'),
    tails: fit.tails,
    chi2: ndof > 0 ? chi2 : null,
    ndof: ndof > 0 ? ndof : null,
    pValue: ndof > 0 ? chiSquareTail(chi2, ndof) : null,
    events: spectrum.events,
    effectiveEvents: effective(spectrum),
    range: [spectrum.low, spectrum.high],
  };
}

function nothing(reason: string, range: readonly [number, number], spectrum?: Spectrum): PeakFit {
  const gap = unknown(reason);
  return {
    converged: false,
    reason,
    position: gap,
    width: gap,
    alpha: gap,
    n: gap,
    alphaHigh: gap,
    nHigh: gap,
    naturalWidth: gap,
    background: gap,
    tails: null,
    chi2: null,
    ndof: null,
    pValue: null,
    events: spectrum?.events ?? 0,
    effectiveEvents: spectrum === undefined ? 0 : effective(spectrum),
    range: spectrum === undefined ? range : [spectrum.low, spectrum.high],
  };
}
