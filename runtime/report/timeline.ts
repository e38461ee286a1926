import { mixOrResponse, type RegimeMeans } from '../../operators/checks/mix_or_response.js';
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
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { Estimate } from '../../operators/response/estimate.js';
import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { zoomFor } from '../../operators/summaries/quantile.js';
import { regroupMoments } from '../../operators/summaries/regroup.js';
import { zoom } from '../../operators/summaries/zoom.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { Report, TimelineReport } from '../../schemas/report.js';
import type { LocalFindings } from '../local_analysis.js';
import { watchConfig, type Quantity } from '../watch_config.js';
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

function windowWords(window: NonNullable<Pipeline['window']>): string {
  if ('events' in window) return `${window.events} events, by event number`;
  return 'time' in window ? `${window.seconds} s of ${window.time}` : `by ${window.by.join(', ')}`;
}

function windowRows({ final, windows, judge, online }: LocalFindings, regimes: number): Window[] {
  const bias = stateOf<MomentsState>(final, 'window:bias');
  const core = stateOf<MomentsState>(final, 'window:core');
  // Pulls against the version of the model that was in effect, where there are versions.
  const pull =
    online && judge === 'learned' ? online.pulls : judge ? stateOf<MomentsState>(final, 'window:pull') : null;
  const hist = stateOf<HistogramState>(final, 'window:widths');
  const none = zoom.create(zoomFor(hist, [], 1));
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

/**
 * The change at the window where the first alarm's excursion began; without an alarm, at the middle. The bias of the
 * core before and after is split into what the mix of the regimes did and what changed inside them.
 */
function changeOf(
  { final, windows }: LocalFindings,
  regimes: number,
  rows: readonly Window[],
  checks: readonly Check[],
): TimelineReport['change'] {
  const alarms = checks.flatMap((check) => check.alarms.map((alarm) => ({ check, alarm })));
  const size = ({ alarm: { change } }: (typeof alarms)[number]): number =>
    Math.abs((change.value ?? 0) / (change.error ?? 1));
  // Of the alarms raised first the strongest knows best when it began.
  const first = alarms.sort((a, b) => a.alarm.raised - b.alarm.raised || size(b) - size(a))[0];
  const start = first ? (first.alarm.since ?? first.alarm.raised) : rows[Math.floor(rows.length / 2)]!.number;
  const at = rows.findIndex(({ number }) => number >= start);
  if (at < 1) return null;
  const core = stateOf<MomentsState>(final, 'window:core');
  const into = Array.from(core.n, (_, g) => (Math.floor(g / regimes) < at ? 0 : regimes) + (g % regimes));
  const joined = regroupMoments(core, into, 2 * regimes);
  const [before, after] = [meansOf(joined, 0, regimes), meansOf(joined, regimes, regimes)];
  const n = ({ w }: RegimeMeans): number => Array.from(w).reduce((sum, x) => sum + x, 0);
  if (n(before) === 0 || n(after) === 0) return null;
  const { total, mix, response } = mixOrResponse(before, after);
  const shares = checks.some(({ check, alarms: each }) => check === 'share_drift' && each.length > 0);
  const inside = alarms.some(({ check }) => check.check !== 'share_drift');
  const mixed = shares || mix.sigma >= SIGNIFICANT;
  const responded = inside || response.sigma >= SIGNIFICANT;
  const verdict = mixed ? (responded ? 'both' : 'mix') : responded ? 'response' : 'neither';
  return {
    at: rows[at]!.number,
    index: at,
    found: first ? first.alarm.raised : null,
    before: { windows: at, n: n(before) },
    after: { windows: windows!.length - at, n: n(after) },
    total,
    mix,
    response,
    verdict,
    reason: REASONS[verdict],
  };
}

const SIGNIFICANT = 3;
const REASONS = {
  mix: 'the shares of the regimes changed, δ inside them did not',
  response: 'δ changed inside the regimes, their shares did not',
  both: 'the shares of the regimes and δ inside them changed',
  neither: 'neither the shares of the regimes nor δ inside them changed significantly',
} as const;

function meansOf(moments: MomentsState, from: number, regimes: number): RegimeMeans {
  const rows = [...Array(regimes).keys()].map((r) => mean(moments, from + r));
  return {
    w: [...Array(regimes).keys()].map((r) => moments.n[from + r]!),
    w2: null,
    mean: rows.map(({ value }) => value ?? NaN),
    error: rows.map(({ error }) => error ?? NaN),
  };
}

const RANK = { null: 0, good: 1, medium: 2, bad: 3 } as const;

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
