import type { Estimate } from '../response/estimate.js';
import { mean } from '../response/mean.js';
import { moments, type MomentsState } from '../summaries/moments.js';
import { intoOne, regroupMoments } from '../summaries/regroup.js';

/** The core ends so many σ68 from the median. */
const REACH = 2.5;

export interface CoreShift {
  readonly nominal: Estimate;
  readonly shift: Estimate;
  readonly random: Estimate;
}

/**
 * Mean of the nominal response δ[0] over its core, and the mean of δ[1] − δ[0] (attack) and δ[2] − δ[0] (control) over
 * the same events, by regime, with all regimes last. Errors s / √n, those of the shifts of pairs (response/mean.ts). The
 * core is of each regime, from the nominal values alone: within 2.5 σ68 of the median, σ68 half the way from the
 * 15.87 % to the 84.13 % quantile (Hyndman & Fan's type 7). So no event enters or leaves it by being changed. Values are
 * finite. Without events: unknown; one event: no error.
 */
export function coreShift(delta: readonly Float64Array[], group: Uint16Array, groups: number): CoreShift[] {
  const [before, ...changed] = delta;
  const core = coreEvents(before!, group, groups);
  const of = (value: (i: number) => number): Estimate[] => means(core, value, group, groups);
  const nominal = of((i) => before![i]!);
  const [shift, random] = changed.map((after) => of((i) => after[i]! - before![i]!));
  return nominal.map((value, g) => ({ nominal: value, shift: shift![g]!, random: random![g]! }));
}

function coreEvents(delta: Float64Array, group: Uint16Array, groups: number): Int32Array {
  const limits = Array.from({ length: groups }, (_, g) => {
    const sorted = delta.filter((_, i) => group[i] === g).sort();
    const median = quantile(sorted, 0.5);
    const reach = (REACH * (quantile(sorted, 0.8413) - quantile(sorted, 0.1587))) / 2;
    return { low: median - reach, high: median + reach };
  });
  const rows = Int32Array.from(delta, (_, i) => i);
  return rows.filter((i) => delta[i]! >= limits[group[i]!]!.low && delta[i]! <= limits[group[i]!]!.high);
}

function quantile(sorted: Float64Array, p: number): number {
  const rank = (sorted.length - 1) * p;
  const below = sorted[Math.floor(rank)] ?? NaN;
  return below + (rank - Math.floor(rank)) * ((sorted[Math.ceil(rank)] ?? NaN) - below);
}

function means(core: Int32Array, value: (i: number) => number, group: Uint16Array, groups: number): Estimate[] {
  const state: MomentsState = moments.create({ groups, weighted: false, wide: true });
  moments.fill(state, {
    length: core.length,
    columns: [Float64Array.from(core, value)],
    group: Uint16Array.from(core, (i) => group[i]!),
    weight: null,
  });
  const all = regroupMoments(state, intoOne(groups), 1);
  return [...Array.from({ length: groups }, (_, g) => mean(state, g)), mean(all, 0)];
}
