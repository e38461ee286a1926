import type { WatchConfig, WatchedWindow } from '../../operators/checks/watch.js';
import type { Estimate } from '../../operators/response/estimate.js';
import { boundedMean } from '../../operators/response/bounded_mean.js';
import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import type { TimelineReport } from '../../schemas/report.js';
import { coreRanges, widestCore, type CoreBounds } from '../core_bounds.js';

export type WindowRow = TimelineReport['windows'][number];

/** Summaries by window and regime, at window · regimes + regime; events count 1. */
export interface WindowSummaries {
  readonly bias: MomentsState;
  readonly core: MomentsState;
  readonly widths: HistogramState;
  readonly pull: MomentsState | null;
  /** That the core was moved to. */
  readonly bounds: CoreBounds;
}

/** What is known of each window: its events, and the response by regime. `numbers` of the windows, rising. */
export function windowRows(
  { bias, core, widths: hist, pull, bounds }: WindowSummaries,
  numbers: ArrayLike<number>,
  regimes: number,
): WindowRow[] {
  const none = noZoom(hist);
  const ranges = coreRanges(bounds);
  const ids = [...Array(regimes).keys()];
  const all = regroupMoments(
    core,
    Array.from(core.n, (_, g) => Math.floor(g / regimes)),
    numbers.length,
  );
  return Array.from(numbers, (number, w) => {
    const n = all.n[w]!;
    return {
      number,
      n,
      core: boundedMean(all, w, widestCore(bounds)),
      regimes: ids.map((regime) => {
        const group = w * regimes + regime;
        const events = bias.n[group]!;
        return {
          regime,
          n: events,
          share: n > 0 ? events / n : null,
          bias: mean(bias, group),
          core: boundedMean(core, group, ranges[regime]!),
          sigma68: widths(hist, none, group, events).sigma68,
          ...(pull ? { pullMean: mean(pull, group) } : {}),
        };
      }),
    };
  });
}

const valueOf = (row: WindowRow['regimes'][number], quantity: string): Pick<Estimate, 'value' | 'error'> | undefined =>
  quantity === 'bias' ? row.core : quantity === 'sigma68' ? row.sigma68 : row.pullMean;

/** The window as the checks see it; `index` counts the windows. */
export function watchedWindow(
  config: WatchConfig,
  { regimes }: Pick<WindowRow, 'regimes'>,
  index: number,
): WatchedWindow {
  const values = config.watched.map(({ regime, quantity }) => {
    const row = regimes[regime]!;
    const found = valueOf(row, quantity);
    return { value: found?.value ?? null, error: found?.error ?? null, n: row.n };
  });
  return { window: index, values, shares: { w: regimes.map(({ n }) => n), w2: null } };
}
