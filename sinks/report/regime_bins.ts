import type { Placed } from './context_bins.js';

/** Regimes side by side along an axis, as `contextBins` places bins, with their numbers for ticks. */
export function regimeBins<Row extends { readonly regime: number }>(rows: readonly Row[]): Placed<Row> {
  const domain = [0, rows.length] as const;
  return {
    axis: { domain, ticks: rows.map(({ regime }, i) => ({ at: i + 0.5, label: String(regime) })), remark: '' },
    bins: rows.map((row, i) => ({ low: i, high: i + 1, row })),
    under: null,
    over: null,
    domain,
  };
}
