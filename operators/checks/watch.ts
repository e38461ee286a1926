import { exp } from '../expressions/math/exp.js';
import { log } from '../expressions/math/log.js';
import type { BinSums } from '../statistics/bin_sums.js';
import type { Finding } from './check.js';
import { cusum, type CusumState } from './cusum.js';
import { pageHinkley, type PageHinkleyState } from './page_hinkley.js';
import { thresholdFor } from './run_length.js';
import { shareDrift, type ShareDriftState } from './share_drift.js';
import { createStandardise, standardise, type Measured, type StandardiseState } from './standardise.js';
import { createVerdict, verdict, type VerdictState } from './verdict.js';

/** One quantity of one regime that is watched. */
export interface Watched {
  readonly regime: number;
  readonly quantity: string;
  /** As the reason begins: 'high H_T: bias'. */
  readonly subject: string;
  /** Change of the quantity that is a trifle. */
  readonly tolerance: number;
  /**
   * A width: scored on a logarithmic scale, on which its distribution is nearly symmetric. On its own the long upper
   * tail of a σ68 of a hundred events with radiation makes twice the false alarms.
   */
  readonly logarithmic?: boolean;
}

export interface WatchConfig {
  readonly watched: readonly Watched[];
  /** Wanted mean number of windows to the first false alarm of all checks together. */
  readonly runLength: number;
  /** Shift, in window errors, that is half ignored: k of the CUSUM, δ of Page–Hinkley. */
  readonly k: number;
  /** Windows that are only learned from. */
  readonly learn: number;
  readonly warning: number;
  readonly raise: number;
  readonly clear: number;
  /** Fewest events of a regime in a window. */
  readonly least: number;
}

interface Track {
  readonly watched: Watched;
  readonly scores: StandardiseState;
  readonly cusum: CusumState;
  readonly pageHinkley: PageHinkleyState;
  readonly verdict: VerdictState;
  /** Value less the baseline before this window, in the quantity's units; null: unknown. */
  readonly change: Measured;
}

export interface WatchState {
  readonly config: WatchConfig;
  readonly tracks: readonly Track[];
  /** Shares of the regimes: learned windows, then the check. */
  readonly learned: readonly BinSums[];
  readonly shares: ShareDriftState | null;
}

export interface WatchedWindow {
  readonly window: number;
  /** One for each watched quantity, in their order. */
  readonly values: readonly Measured[];
  /** Events by regime. */
  readonly shares: BinSums;
}

/** Degrees of freedom that the errors of a window are worth, see standardise.ts. */
const TRUST = 20;

/** Number of checks that run: a CUSUM and a Page–Hinkley test of each quantity, and the shares. */
export const checksOf = ({ watched }: WatchConfig): number => 2 * watched.length + 1;

/** Of the CUSUM and of Page–Hinkley: all checks together have the wanted run length (run_length.ts). */
export function thresholdsOf(config: WatchConfig): { readonly h: number; readonly lambda: number } {
  const { watched, runLength, k } = config;
  if (watched.length === 0) return { h: 1, lambda: 1 };
  const of = (check: 'cusum' | 'page_hinkley') => thresholdFor({ check, k, runLength, checks: checksOf(config) });
  return { h: of('cusum'), lambda: of('page_hinkley') };
}

export function openWatch(config: WatchConfig): WatchState {
  const { watched, k, learn, warning, raise, clear, least } = config;
  const { h, lambda } = thresholdsOf(config);
  return {
    config,
    tracks: watched.map((each) => ({
      watched: each,
      scores: createStandardise({ learn, follow: true, trust: TRUST }),
      cusum: cusum.create({ k, h }),
      pageHinkley: pageHinkley.create({ delta: k, lambda }),
      verdict: createVerdict({ subject: each.subject, tolerance: each.tolerance, least, warning, raise, clear }),
      change: { value: null, error: null, n: 0 },
    })),
    learned: [],
    shares: null,
  };
}

/**
 * All checks of a stream, as a reducer over its closed windows in rising order: each quantity standardised against the
 * windows before it (standardise.ts; a window in alarm does not teach), a two-sided CUSUM and a Page–Hinkley test of
 * the score, a verdict; and χ² of the regimes' shares against those of the learned windows. All thresholds together
 * give the wanted mean run length without drift (run_length.ts). Plain data in and out.
 */
export function watchWindow(state: WatchState, { window, values, shares }: WatchedWindow): WatchState {
  const { config } = state;
  const tracks = state.tracks.map((track, i) => step(track, window, values[i]!));
  if (state.shares === null) {
    const learned = [...state.learned, shares];
    if (learned.length < config.learn) return { ...state, tracks, learned };
    const reference: BinSums = {
      w: Array.from(shares.w, (_, r) => learned.reduce((sum, { w }) => sum + w[r]!, 0)),
      w2: null,
    };
    const known = Array.from(reference.w).some((n) => n > 0);
    if (!known) return { ...state, tracks, learned };
    const created = shareDrift.create({ reference, runLength: config.runLength, checks: checksOf(config) });
    return { ...state, tracks, learned: [], shares: created };
  }
  return { ...state, tracks, shares: shareDrift.step(state.shares, { window, ...shares }) };
}

function step(track: Track, window: number, measured: Measured): Track {
  const { value, error, n } = measured;
  const { scores } = track;
  const usable = n >= track.verdict.least ? measured : { value: null, error: null, n };
  const { logarithmic = false } = track.watched;
  const baseline = logarithmic ? exp(scores.mean) : scores.mean;
  const known = scores.n > 0 && usable.value !== null;
  const inAlarm = [cusum.finding(track.cusum), pageHinkley.finding(track.pageHinkley)].some(({ alarm }) => alarm);
  const scored = logarithmic ? logarithmOf(usable) : usable;
  const next = standardise(scores, { ...scored, window, hold: inAlarm });
  const input = { window, x: next.score };
  const [c, p] = [cusum.step(track.cusum, input), pageHinkley.step(track.pageHinkley, input)];
  const change: Measured = known ? { value: value! - baseline, error, n } : { value: null, error: null, n };
  const learning = next.score === null && scored.value !== null;
  return {
    ...track,
    scores: next,
    cusum: c,
    pageHinkley: p,
    change,
    verdict: learning ? track.verdict : verdict(track.verdict, { ...change, window, finding: worse(c, p) }),
  };
}

/** ln of the value, with its error; unknown for a value that is not above 0. */
function logarithmOf({ value, error, n }: Measured): Measured {
  if (value === null || error === null || !(value > 0)) return { value: null, error: null, n };
  return { value: log(value), error: error / value, n };
}

/** Of the two checks the one nearer to, or further beyond, its threshold. */
function worse(c: CusumState, p: PageHinkleyState): Finding {
  const [a, b] = [cusum.finding(c), pageHinkley.finding(p)];
  return a.statistic / a.threshold >= b.statistic / b.threshold ? a : b;
}

export const findingsOf = (track: Track): { cusum: Finding; page_hinkley: Finding } => ({
  cusum: cusum.finding(track.cusum),
  page_hinkley: pageHinkley.finding(track.pageHinkley),
});
export const shareFinding = ({ shares }: WatchState): Finding | null => shares && shareDrift.finding(shares);

/** Checks in alarm after the last window, as 'check quantity'. */
export const alarmsIn = (state: WatchState): string[] => {
  const inTracks = state.tracks.flatMap((track) =>
    Object.entries(findingsOf(track)).flatMap(([check, { alarm }]) =>
      alarm ? [`${check} ${track.watched.quantity}`] : [],
    ),
  );
  return [...new Set(inTracks), ...(shareFinding(state)?.alarm ? ['share_drift share'] : [])];
};
