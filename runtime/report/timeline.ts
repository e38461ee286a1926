import type { Finding } from '../../operators/checks/check.js';
import {
  checksOf,
  findingsOf,
  openWatch,
  shareFinding,
  watchWindow,
  type WatchConfig,
  type WatchState,
} from '../../operators/checks/watch.js';
import { RANK } from '../../operators/checks/verdict.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { Estimate } from '../../operators/response/estimate.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report, TimelineReport } from '../../schemas/report.js';
import type { LocalFindings } from '../local_analysis.js';
import { watchConfig, type Quantity } from '../watch_config.js';
import { windowWords } from '../window.js';
import { changeOf } from './change.js';
import { onlineSection } from './online.js';
import { stateOf } from './pages.js';
import { watchedWindow, windowRows, type WindowSummaries } from './window_rows.js';

type Window = TimelineReport['windows'][number];
type Check = TimelineReport['checks'][number];

/** Response over the windows, what the checks say, and what has changed. Absent without at least two windows. */
export function timelineSection(
  pipeline: Pipeline,
  map: RegimeMap,
  found: LocalFindings,
): { timeline: TimelineReport; quality: NonNullable<Report['quality']> } | undefined {
  if (found.windows === null || found.windows.length < 2) return undefined;
  const { final, judge, online } = found;
  const pull =
    online && judge === 'learned' ? online.pulls : judge ? stateOf<MomentsState>(final, 'window:pull') : null;
  const summaries: WindowSummaries = {
    bias: stateOf<MomentsState>(final, 'window:bias'),
    core: stateOf<MomentsState>(final, 'window:core'),
    widths: stateOf<HistogramState>(final, 'window:widths'),
    // Against the version of the model that was in effect, where there are versions.
    pull,
    bounds: found.core,
  };
  const windows = windowRows(summaries, found.windows, map.centroids.length);
  const config = watchConfig(pipeline, map.labels, found.judge !== undefined);
  const { checks, states } = watchAll(config, windows);
  const last = states.at(-1)!;
  return {
    timeline: {
      window: windowWords(pipeline.window!),
      model: found.judge ?? null,
      windows,
      runLength: {
        wanted: config.runLength,
        checks: checksOf(config),
        k: config.k,
        learn: config.learn,
        threshold: last.tracks[0]!.cusum.h,
      },
      checks,
      change: changeOf(found, map.centroids.length, windows, checks),
      ...(found.byWindow ? { online: onlineSection(pipeline, found.byWindow, found.windows, found.online) } : {}),
    },
    quality: qualityOf(map, last),
  };
}

/** Runs the checks over the windows; the states after each. */
function watchAll(config: WatchConfig, windows: readonly Window[]): { checks: Check[]; states: WatchState[] } {
  const states: WatchState[] = [];
  let state = openWatch(config);
  windows.forEach((window, index) => {
    state = watchWindow(state, watchedWindow(config, window, index));
    states.push(state);
  });
  const number = (index: number): number => windows[index]!.number;
  const series = (
    check: Check['check'],
    quantity: Check['quantity'],
    regime: number | 'all',
    findings: readonly (Finding | null)[],
    changes: readonly Estimate[],
  ): Check => ({
    check,
    quantity,
    regime,
    threshold: findings.findLast((finding) => finding !== null)?.threshold ?? 0,
    statistic: findings.map((finding) => finding?.statistic ?? 0),
    alarms: alarmsOf(findings, changes, number),
  });
  const checks = config.watched.flatMap(({ regime, quantity }, track) =>
    (['cusum', 'page_hinkley'] as const).map((check) =>
      series(
        check,
        quantity as Quantity,
        regime,
        states.map(({ tracks }) => findingsOf(tracks[track]!)[check]),
        states.map(({ tracks }) => tracks[track]!.change),
      ),
    ),
  );
  const none: Estimate = { value: null, error: null, reason: 'of several shares' };
  checks.push(
    series(
      'share_drift',
      'share',
      'all',
      states.map(shareFinding),
      windows.map(() => none),
    ),
  );
  return { checks, states };
}

/** Stretches of windows in alarm, with the mean change of the quantity since the excursion began. */
function alarmsOf(
  findings: readonly (Finding | null)[],
  changes: readonly Estimate[],
  number: (index: number) => number,
): Check['alarms'] {
  const alarms: Check['alarms'] = [];
  let open: { raised: number; since: number | null } | null = null;
  const close = (end: number): void => {
    if (open === null) return;
    const known = changes
      .slice(open.since ?? open.raised, end)
      .filter(({ value, error }) => value !== null && error !== null && error > 0);
    const weight = known.reduce((sum, { error }) => sum + 1 / error! ** 2, 0);
    const value = known.reduce((sum, { value: x, error }) => sum + x! / error! ** 2, 0) / weight;
    alarms.push({
      raised: number(open.raised),
      cleared: end < findings.length ? number(end) : null,
      since: open.since === null ? null : number(open.since),
      change:
        weight > 0
          ? { value, error: Math.sqrt(1 / weight) }
          : { value: null, error: null, reason: 'not a matter of one number' },
    });
    open = null;
  };
  findings.forEach((finding, at) => {
    if (finding?.alarm && open === null) open = { raised: at, since: finding.since };
    if (!finding?.alarm) close(at);
  });
  close(findings.length);
  return alarms;
}

/** The worst verdict of a regime's quantities after the last window, and why. */
export function qualityOf(map: RegimeMap, { tracks }: WatchState): NonNullable<Report['quality']> {
  return map.labels.map((label, regime) => {
    const verdicts = tracks.filter(({ watched }) => watched.regime === regime).map(({ verdict }) => verdict);
    const worst = verdicts.reduce((a, b) => (RANK[b.verdict] > RANK[a.verdict] ? b : a));
    const why =
      worst.verdict === 'good' ? `${label}: no change of bias, sigma68 or pull beyond tolerance` : worst.reason;
    return { regime, verdict: worst.verdict, why };
  });
}
