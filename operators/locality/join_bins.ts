import { Problem } from '../problem.js';
import type { ContextProfile } from './context_profile.js';

export interface JoinedProfile extends ContextProfile {
  /** Events in bins whose value is unknown: they have no part in the joined bins. */
  readonly unknown: number;
}

/** A variance is averaged over neighbours until they hold this many times the floor. */
const POOL = 5;

/**
 * Joins neighbouring bins, from low to high, until each holds at least `floor` events; what is left at the top goes to
 * the last. Value and centre are means over events (Σ n value / Σ n), exact for means, close for widths.
 *
 * error = √(v / n) with v the variance of one event (error² n of a bin, averaged over events), itself averaged over
 * the nearest joined bins that hold 5 floors: with a heavy tail the scatter in a small bin is low just when its mean
 * is off, and weights from it alone would pull every fit that way.
 *
 * Bins without events are passed over, bins of unknown value are counted in `unknown`, a bin of known value and
 * unknown error takes the variance of its neighbours. Fewer than `floor` events in all: no bin.
 */
export function joinBins(profile: ContextProfile, floor: number): JoinedProfile {
  const { low, high, centre, n, value, error } = profile;
  const bins: { low: number; high: number; n: number; x: number; y: number; known: number; v: number }[] = [];
  let unknown = 0;
  let open = false;
  for (let b = 0; b < n.length; b++) {
    const events = n[b]!;
    if (!(events >= 0))
      throw new Problem(1, `profile of ${profile.variable}: bin ${b} holds ${events} events; give a count`);
    if (events === 0) continue;
    if (!Number.isFinite(value[b]!) || !Number.isFinite(centre[b]!)) {
      unknown += events;
      continue;
    }
    if (!open) bins.push({ low: low[b]!, high: high[b]!, n: 0, x: 0, y: 0, known: 0, v: 0 });
    const bin = bins.at(-1)!;
    bin.high = high[b]!;
    bin.n += events;
    bin.x += events * centre[b]!;
    bin.y += events * value[b]!;
    const variance = error[b]! * error[b]! * events;
    if (variance > 0) {
      bin.known += events;
      bin.v += events * variance;
    }
    open = bin.n < floor;
  }
  if (open) {
    const rest = bins.pop()!;
    const last = bins.at(-1);
    if (last) {
      last.high = rest.high;
      for (const sum of ['n', 'x', 'y', 'known', 'v'] as const) last[sum] += rest[sum];
    }
  }
  const pooled = bins.map((_, i) => {
    let from = i;
    let to = i;
    let { known, v } = bins[i]!;
    while (known < POOL * floor && (from > 0 || to < bins.length - 1)) {
      const neighbours = [from > 0 ? bins[--from]! : undefined, to < bins.length - 1 ? bins[++to]! : undefined];
      for (const neighbour of neighbours) {
        known += neighbour?.known ?? 0;
        v += neighbour?.v ?? 0;
      }
    }
    return v / known;
  });
  if (pooled.some((v) => !(v > 0))) {
    throw new Problem(1, `profile of ${profile.variable}: no bin has an error above 0; give the standard errors`);
  }
  return {
    variable: profile.variable,
    low: Float64Array.from(bins, (bin) => bin.low),
    high: Float64Array.from(bins, (bin) => bin.high),
    centre: Float64Array.from(bins, (bin) => bin.x / bin.n),
    n: Float64Array.from(bins, (bin) => bin.n),
    value: Float64Array.from(bins, (bin) => bin.y / bin.n),
    error: Float64Array.from(bins, (bin, i) => Math.sqrt(pooled[i]! / bin.n)),
    unknown,
  };
}
