import { findingsOf, shareFinding, type WatchState, type WatchedWindow } from '../../operators/checks/watch.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { watchedWindow } from '../report/window_rows.js';
import type { Quantity } from '../watch_config.js';
import type { regimeRows } from './window_response.js';

/** The window as the checks see it. */
export function seenBy({ config }: WatchState, number: number, rows: ReturnType<typeof regimeRows>): WatchedWindow {
  const regimes = rows.map(({ regime, n, share, bias, core, sigma68, pullMean }) => ({
    ...{ regime, n, share, bias: bias!, core: core!, sigma68: sigma68! },
    ...(pullMean ? { pullMean } : {}),
  }));
  return watchedWindow(config, { regimes }, number);
}

/** The checks in alarm after the last window. */
export function alarmsOf(watch: WatchState): WindowReport['alarms'] {
  const found = watch.tracks.flatMap((track) =>
    Object.entries(findingsOf(track)).flatMap(([check, { alarm, statistic, threshold, since }]) => {
      const { value, error } = track.change;
      const change = value === null ? { value, error, reason: 'too few events in this window' } : { value, error };
      const { regime, quantity } = track.watched;
      return alarm
        ? [
            {
              ...{ check: check as 'cusum', quantity: quantity as Quantity, regime, statistic, threshold, since },
              change,
            },
          ]
        : [];
    }),
  );
  const shares = shareFinding(watch);
  if (!shares?.alarm) return found;
  const { statistic, threshold, since } = shares;
  const change = { value: null, error: null, reason: 'of several shares' };
  const ofShares = { ...{ check: 'share_drift' as const, quantity: 'share' as const, regime: 'all' as const }, change };
  return [...found, { ...ofShares, statistic, threshold, since }];
}
