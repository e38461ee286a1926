import type { Estimate, Report } from '../../schemas/report.js';
import { binAxis } from './bin_axis.js';
import { fewEvents } from './few_events.js';
import type { Strip } from './flow_strips.js';

export type ContextRow = NonNullable<Report['byContext']>[number];

/** A bin of a context variable and where it lies along the axis. */
export type ContextBin = Strip & { readonly row: ContextRow };

/** Bins along an axis: flow bins take a strip of one twentieth beside it. Empty bins at the ends are cut. */
export function contextBins(rows: readonly ContextRow[], pixels: number) {
  const full = rows.map((row) => row.n > 0);
  const kept = rows.slice(full.indexOf(true), full.lastIndexOf(true) + 1);
  const inner = kept.filter((row) => row.low !== null && row.high !== null);
  if (inner.length === 0) return null;
  const flows = kept.length - inner.length;
  const axis = binAxis([inner[0]!.low!, ...inner.map((row) => row.high!)], pixels / (1 + flows / 20));
  const width = (axis.domain[1] - axis.domain[0]) / 20;
  const under = kept[0]!.low === null ? { low: axis.domain[0] - width, high: axis.domain[0] } : null;
  const over = kept.at(-1)!.high === null ? { low: axis.domain[1], high: axis.domain[1] + width } : null;
  const bins = kept.map((row): ContextBin => {
    const i = inner.indexOf(row);
    const place = i >= 0 ? { low: axis.at[i]!, high: axis.at[i + 1]! } : row.low === null ? under! : over!;
    return { ...place, row };
  });
  return { axis, bins, under, over, domain: [bins[0]!.low, bins.at(-1)!.high] as const };
}

/**
 * Range that holds `base` and the estimates with their errors, with some room around them. Bins with fewer than
 * `fewEvents` events count only if they are the more numerous ones.
 */
export function reach(
  bins: readonly ContextBin[],
  picks: readonly ((row: ContextRow) => Estimate)[],
  base: number,
): readonly [number, number] {
  const sure = bins.filter(({ row }) => row.n >= fewEvents);
  const ends = (2 * sure.length >= bins.length ? sure : bins).flatMap(({ row }) =>
    picks
      .map((pick) => pick(row))
      .flatMap(({ value, error }) => (value === null ? [] : [value - (error ?? 0), value + (error ?? 0)])),
  );
  const [low, high] = [Math.min(base, ...ends), Math.max(base, ...ends)];
  const room = 0.08 * (high - low) || 0.001;
  return [low - room, high + room];
}
