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
import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report, TimelineReport } from '../../schemas/report.js';
import type { LocalFindings } from '../local_analysis.js';
import { watchConfig, type Quantity } from '../watch_config.js';
import { windowWords } from '../window.js';
import { changeOf } from './change.js';
import { onlineSection } from './online.js';
import { stateOf } from './pages.js';

type Window = TimelineReport['windows'][number];
type Check = TimelineReport['checks'][number];

/** Response over the windows, what the checks say, and what has changed. Absent without at least two windows. */
export function timelineSection(
  pipeline: Pipeline,
  map: RegimeMap,
  found: LocalFindings,
): { timeline: TimelineReport; quality: NonNullable<Report['quality']> } | undefined {
  if (found.windows === null || found.windows.length < 2) return undefined;
  const windows = windowRows(found, map.centroids.length);
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
    quality: qualityOf(map, states),
  };
}

function windowRows({ final, windows, judge, online }: LocalFindings, regimes: number): Window[] {
  const bias = stateOf<MomentsState>(final, 'window:bias');
  const core = stateOf<MomentsState>(final, 'window:core');
  // Pulls against the version of the model that was in effect, where there are versions.
  const pull =
    online && judge === 'learned' ? online.pulls : judge ? stateOf<MomentsState>(final, 'window:pull') : null;
  const hist = stateOf<HistogramState>(final, 'window:widths');
  const none = noZoom(hist);
  const ids = [...Array(regimes).keys()];
  const all = regroupMoments(
    core,
    Array.from(core.n, (_, g) => Math.floor(g / regimes)),
    windows!.length,
  );
  return [...windows!].map((number, w) => {
    const n = all.n[w]!;
    return {
      number,
      n,
      core: mean(all, w),
      regimes: ids.map((regime) => {
        const group = w * regimes + regime;
        const events = bias.n[group]!;
        return {
          regime,
          n: events,
          share: n > 0 ? events / n : null,
          bias: mean(bias, group),
          core: mean(core, group),
          sigma68: widths(hist, none, group, events).sigma68,
          ...(pull ? { pullMean: mean(pull, group) } : {}),
        };
      }),
    };
  });
}

const valueOf = (row: Window['regimes'][number], quantity: string): Pick<Estimate, 'value' | 'error'> | undefined =>
  quantity === 'bias' ? row.core : quantity === 'sigma68' ? row.sigma68 : row.pullMean;

/** Runs the checks over the windows; the states after each. */
function watchAll(config: WatchConfig, windows: readonly Window[]): { checks: Check[]; states: WatchState[] } {
  const states: WatchState[] = [];
  let state = openWatch(config);
  windows.forEach((window, index) => {
    const values = config.watched.map(({ regime, quantity }) => {
      const row = window.regimes[regime]!;
      const found = valueOf(row, quantity);
      return { value: found?.value ?? null, error: found?.error ?? null, n: row.n };
    });
    state = watchWindow(state, { window: index, values, shares: { w: window.regimes.map(({ n }) => n), w2: null } });
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
      .filter(({ value, error }) => value !== null && error !== null);
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
function qualityOf(map: RegimeMap, states: readonly WatchState[]): NonNullable<Report['quality']> {
  const { tracks } = states.at(-1)!;
  return map.labels.map((label, regime) => {
    const verdicts = tracks.filter(({ watched }) => watched.regime === regime).map(({ verdict }) => verdict);
    const worst = verdicts.reduce((a, b) => (RANK[b.verdict] > RANK[a.verdict] ? b : a));
    const why =
      worst.verdict === 'good' ? `${label}: no change of bias, sigma68 or pull beyond tolerance` : worst.reason;
    return { regime, verdict: worst.verdict, why };
  });
}
