import type { Estimate, Report } from '../../schemas/report.js';
import { binAxis, type BinAxis } from './bin_axis.js';
import { fewEvents } from './few_events.js';
import type { Strip } from './flow_strips.js';
import { endsOf, valueRange } from '../page/client/shared/value_range.js';

export type ContextRow = NonNullable<Report['byContext']>[number];

/** What is said of one bin of a context variable; an edge of null: there is none. */
export interface BinRow {
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** A bin and where it lies along the axis. */
export type PlacedBin<Row> = Strip & { readonly row: Row };
export type ContextBin = PlacedBin<ContextRow>;

/** Bins along an axis, with room beside it for what lies beyond. */
export interface Placed<Row> {
  readonly axis: Pick<BinAxis, 'domain' | 'ticks' | 'remark'>;
  readonly bins: readonly PlacedBin<Row>[];
  readonly under: Strip | null;
  readonly over: Strip | null;
  readonly domain: readonly [number, number];
}

/** Bins along an axis: flow bins take a strip of one twentieth beside it. Empty bins at the ends are cut. */
export function contextBins<Row extends BinRow>(rows: readonly Row[], pixels: number): Placed<Row> | null {
  const full = rows.map((row) => row.n > 0);
  const kept = rows.slice(full.indexOf(true), full.lastIndexOf(true) + 1);
  const inner = kept.filter((row) => row.low !== null && row.high !== null);
  if (inner.length === 0) return null;
  const flows = kept.length - inner.length;
  const axis = binAxis([inner[0]!.low!, ...inner.map((row) => row.high!)], pixels / (1 + flows / 20));
  const width = (axis.domain[1] - axis.domain[0]) / 20;
  const under = kept[0]!.low === null ? { low: axis.domain[0] - width, high: axis.domain[0] } : null;
  const over = kept.at(-1)!.high === null ? { low: axis.domain[1], high: axis.domain[1] + width } : null;
  const bins = kept.map((row): PlacedBin<Row> => {
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
export function reach<Row extends { readonly n: number }>(
  bins: readonly PlacedBin<Row>[],
  picks: readonly ((row: Row) => Estimate)[],
  ...base: readonly number[]
): readonly [number, number] {
  const sure = bins.filter(({ row }) => row.n >= fewEvents);
  const counted = 2 * sure.length >= bins.length ? sure : bins;
  return valueRange([...base, ...counted.flatMap(({ row }) => picks.flatMap((pick) => endsOf(pick(row))))]);
}
